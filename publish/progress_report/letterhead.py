"""A plan's own letterhead, recipients and signer -> those that its report begins and ends with."""

import re
from dataclasses import dataclass
from itertools import pairwise

from extract.lexicon import Phrases, every, first, is_in, phrases
from extract.text import fold
from publish.progress_report.content import Blank, Letterhead, Piece, Signing
from publish.progress_report.wording import printable

_NATIONAL = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
_REPORT = "BC"
# "KH-UBND", "KHPH/ĐTN": the letters that say that it is a plan
_KIND = re.compile(r"[^\W\d_]+")
_LONGEST_LINE, _MOST_LINES = 90, 3
_SHORT_ISSUER = 24  # letters that fit half of a page's width


@dataclass(frozen=True, slots=True)
class Printed:
    """What the plan prints in its head and at its end: texts by field with their places, in the whole text."""

    text: str
    places: dict[str, list[tuple[int, int]]]

    def of(self, name: str) -> list[str]:
        """The texts of a field."""
        return [printable(self.text[start:end]) for start, end in self.places.get(name, ())]


@dataclass(frozen=True, slots=True)
class Body:
    """Who issued the plan, and the numbers of the document."""

    issuer: str | None
    number: str | None
    symbol: str | None
    place: str | None
    locality: str | None
    signer_name: str | None
    signer_position: str | None


def letterhead(body: Body, printed: Printed) -> Letterhead:
    """The head of the report; what the plan does not say is blank there."""
    party = fold(_PARTY[0]) in fold(printed.text[: _head_end(printed)])
    return Letterhead(
        superior=_superior(printed),
        issuer=_issuer(body, printed),
        national=_PARTY if party else _NATIONAL,
        number=_number(body, party=party),
        place=printable(body.place) or None,
    )


def signing(body: Body, printed: Printed) -> Signing:
    """In whose name the plan was signed, read from the lines above its signer's position, and who signed."""
    position = printable(body.signer_position).upper()
    lines = [line for line in [*_in_the_name_of(printed), position] if line]
    return Signing(tuple(lines), printable(body.signer_name) or None)


def _head_end(printed: Printed) -> int:
    return min((start for start, _ in printed.places.get("title", ())), default=0)


def _superior(printed: Printed) -> str | None:
    """The lines in capitals over the issuer's, as one; not those that are the same everywhere."""
    begins = min((start for start, _ in printed.places.get("issuer", ())), default=0)
    if begins >= _head_end(printed):
        return None
    found: list[str] = []
    for line in reversed(printed.text[:begins].splitlines()):
        said = printable(line)
        if is_in(_fixed(), fold(said)):
            continue
        if not _is_name(said) or len(found) == _MOST_LINES:
            break
        found.append(said)
    return " ".join(reversed(found)) or None


def _fixed() -> Phrases:
    return phrases("letterhead", "national")


def _is_name(line: str) -> bool:
    """Whether a line is in capitals as the names of bodies are; no stamp, no number."""
    letters = [letter for letter in line if letter.isalpha()]
    if len(letters) < 4 or len(line) > _LONGEST_LINE or ":" in line:
        return False
    return all(letter.isupper() for letter in letters) and not first(phrases("letterhead", "stamps"), fold(line))


def _issuer(body: Body, printed: Printed) -> tuple[str, ...]:
    """The issuer as the plan's head prints it, in capitals; bodies that issued it together have a line each."""
    spans = printed.of("issuer") if max(_starts(printed), default=0) < _head_end(printed) else []
    name = printable(body.issuer).upper()
    if len(spans) > 1 and len(name.split(" - ")) == len(spans):
        return tuple(text.upper() for text in spans)
    return _in_lines(" ".join(spans).upper() or name, printable(body.locality).upper())


def _starts(printed: Printed) -> list[int]:
    return [start for start, _ in printed.places.get("issuer", ())]


def _in_lines(name: str, locality: str) -> tuple[str, ...]:
    """A long name with its locality on a line of its own.

    >>> _in_lines("ỦY BAN NHÂN DÂN XÃ KHE VÀNG", "XÃ KHE VÀNG")
    ('ỦY BAN NHÂN DÂN', 'XÃ KHE VÀNG')
    """
    if len(name) > _SHORT_ISSUER and locality and name.endswith(f" {locality}"):
        return (name.removesuffix(locality).strip(), locality)
    return (name,) if name else ()


def _number(body: Body, *, party: bool) -> tuple[Piece, ...]:
    """The number, blank; the kind of the plan gives way to that of a report.

    >>> "".join(map(str, _number(Body(None, "25/KH-UBND", "KH-UBND", None, None, None, None), party=False)))
    'Số: …/BC-UBND'
    >>> "".join(map(str, _number(Body(None, "12-KH/ĐU", "KH/ĐU", None, None, None, None), party=True)))
    'Số …-BC/ĐU'
    """
    symbol, given = printable(body.symbol), printable(body.number)
    before = next((mark for mark in "/-" if symbol and given.endswith(f"{mark}{symbol}")), "")
    mark = before or ("-" if party else "/")
    of_report = (_KIND.sub(_REPORT, symbol, count=1),) if symbol else (f"{_REPORT}-", Blank())
    return ("Số " if party else "Số: ", Blank(), mark, *of_report)


def _in_the_name_of(printed: Printed) -> list[str]:
    """What stands above the position: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"; also where they share its line."""
    begins = min((start for start, _ in printed.places.get("signer.position", ())), default=0)
    found: list[str] = []
    for line in reversed(printed.text[:begins].splitlines()[-_MOST_LINES:]):
        said = _acting(printable(line))
        if not said:
            break
        found = said + found
    return found


def _acting(line: str) -> list[str]:
    """A line in capitals cut before each "TM.", "KT."; nothing where it does not begin with one.

    >>> _acting("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"), _acting("- Lưu: VT.")
    (['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'], [])
    """
    cuts = sorted({match.start() for match in every(phrases("letterhead", "capacities"), fold(line))})
    if not _is_name(line) or cuts[:1] != [0]:
        return []
    return [line[start:end].strip() for start, end in pairwise([*cuts, len(line)])]
