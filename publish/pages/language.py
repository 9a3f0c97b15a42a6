"""The language of the page being made: Vietnamese is what is written, English is looked up in `site/locale`."""

from contextvars import ContextVar
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_scientific

from schemas.codelists import by_code

DEFAULT, OTHER = "vi", "en"
COOKIE = "kehoach_lang"
PARAMETER = "_lang"
_UNREADABLE = 1e21  # with so many digits a number is said by its power of ten

_current: ContextVar[str] = ContextVar("language", default=DEFAULT)


def current() -> str:
    """The code of the language, "vi" or "en"."""
    return _current.get()


def use(language: str | None) -> None:
    """Set the language for the request that runs now; anything but a language that the site has is Vietnamese."""
    _current.set(OTHER if language == OTHER else DEFAULT)


def asked(query: str) -> str | None:
    """The language that an address asks for.

    >>> asked("trang=2&_lang=en"), asked("_lang=fr"), asked("")
    ('en', None, None)
    """
    given = parse_qs(query).get(PARAMETER, [""])[-1]
    return given if given in {DEFAULT, OTHER} else None


def later(text: str) -> str:
    """The text itself: marks what is translated where it is shown, and not where it is written."""
    return text


def translated(text: str) -> str:
    """The text in the language of the request; as it stands where it has no translation."""
    return text if current() == DEFAULT else english().get(text, text)


def translated_number(one: str, many: str, number: int) -> str:
    """As `translated`, by number: Vietnamese has one form."""
    if current() == DEFAULT:
        return many
    forms = english_numbers().get(one, (one, many))
    return forms[0] if number == 1 else forms[1]


def label(code: str | None, codelist: str) -> str:
    """What a code of a codelist is called; the code itself where the list lacks it, "" for none.

    >>> label("lead", "roles")
    'Chủ trì'
    """
    if not code:
        return ""
    entry = by_code(codelist).get(code, {})
    return entry.get(f"label_{current()}") or entry.get("label_vi") or code


def meaning(code: str | None, codelist: str) -> str:
    """What a code of a codelist means, in a sentence; "" for none.

    >>> meaning("lead", "roles")
    'Chịu trách nhiệm chính: chủ trì, là đầu mối, tham mưu chính'
    """
    return translated(by_code(codelist).get(code or "", {}).get("definition_vi", ""))


def number(value: float | None) -> str:
    """A number as the language writes it, without needless decimals; "" for none.

    >>> number(1234.50), number(1e24)
    ('1.234,5', '1E24')
    """
    if value is None:
        return ""
    if abs(value) >= _UNREADABLE:
        return format_scientific(value, locale=_locale(current()))
    return format_decimal(value, format="#,##0.####", locale=_locale(current()))


def day(iso: str | None) -> str:
    """An ISO date as the language writes it; what is no date stays as it is.

    >>> day("2026-06-30"), day("2026-Q2"), day(None)
    ('30/06/2026', '2026-Q2', '')
    """
    try:
        given = date.fromisoformat(iso or "")
    except ValueError:
        return iso or ""
    pattern = "dd/MM/yyyy" if current() == DEFAULT else "d MMM yyyy"
    return format_date(given, pattern, locale=_locale(current()))


def quarter(code: str | None) -> str:
    """A quarter as people write it.

    >>> quarter("2026-Q2")
    'Quý II/2026'
    """
    if not code or "-Q" not in code:
        return code or ""
    year, _, which = code.partition("-Q")
    if current() != DEFAULT:
        return f"Q{which} {year}"
    return f"Quý {dict(zip('1234', ('I', 'II', 'III', 'IV'), strict=True)).get(which, which)}/{year}"


@cache
def english() -> dict[str, str]:
    """English by Vietnamese, of phrases without numbers."""
    return {str(m.id): str(m.string) for m in _messages() if isinstance(m.id, str) and m.id and m.string}


@cache
def english_numbers() -> dict[str, tuple[str, str]]:
    """English by Vietnamese, of phrases with a number: for one, for many."""
    found = {}
    for message in _messages():
        if isinstance(message.id, tuple | list) and isinstance(message.string, tuple | list) and message.string[0]:
            found[message.id[0]] = (message.string[0], message.string[1])
    return found


@cache
def _messages() -> list[Message]:
    """The phrases of every catalogue in `site/locale/en`, one for each part of the site."""
    found: list[Message] = []
    for path in sorted(Path(str(files("publish").joinpath("site/locale/en"))).glob("*.po")):
        with path.open("rb") as stream:
            found += read_po(stream, locale=OTHER)
    return found


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
