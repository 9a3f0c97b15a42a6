"""How things are said: phrases kept as YAML with examples, compiled to patterns over folded text.

A phrase is written as printed, in a small notation:

    quý {quarter}/{year}     a slot; its pattern is in slots.yaml, its match a named group
    (phấn đấu|nỗ lực)        one of several; of those that fit, the longest
    [số] hộ                  may be absent
    ^chủ trì                 only at the start of the text searched
    báo cáo$                 only at its end

A blank stands for any white space. A phrase begins and ends at a word's edge. A slot used twice is numbered:
`{day}` and `{day2}`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from extract.text import fold

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SLOT = re.compile(r"\{([a-z_]+?)(\d*)\}")
_NAMED = re.compile(r"\(\?P<\w+>")
_PUNCTUATION = ".,;:%-/"
# One part of a phrase: brackets with what they hold, a slot, or a run of letters.
_PART = re.compile(
    r"(?P<blank> *)(?P<part>\[(?:[^\[\]]|\[[^\[\]]*\])*\]|\((?:[^()]|\([^()]*\))*\)|\{[^{}]*\}|[^ \[\](){}]+)"
)
_ALTERNATIVES = re.compile(r"\(([^()\[\]]*)\)")
_OPTIONAL_PARTS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of saying something. `means` is what it stands for; `trigger` a literal every match contains."""

    phrase: str
    means: dict[str, Any]
    pattern: re.Pattern[str]
    trigger: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def find(self, folded: str, start: int = 0, end: int | None = None) -> "re.Match[str] | None":
        """The first match in folded text, or None."""
        end = len(folded) if end is None else end
        if folded.find(self.trigger, start, end) < 0:
            return None
        return self.pattern.search(folded, start, end)

    def find_all(self, folded: str) -> Iterator[re.Match[str]]:
        """Every match in folded text, left to right."""
        if self.trigger in folded:
            yield from self.pattern.finditer(folded)


def load(name: str) -> Any:
    """The parsed YAML of `lexicon/<name>.yaml`."""
    text = files(__name__).joinpath(f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506  (a safe loader, the C one where it is built)


class Phrases(tuple[Phrase, ...]):
    """A section's phrases. Where all are anchored to the start, `gate` tells at once that none of them can match."""

    gate: re.Pattern[str] | None = None

    @cached_property
    def searches(self) -> tuple[tuple[str, Callable[[str], "re.Match[str] | None"], Phrase], ...]:
        """What a search for the first match needs of each phrase, at hand: this is where extraction spends its time."""
        return tuple((phrase.trigger, phrase.pattern.search, phrase) for phrase in self)


@cache
def phrases(name: str, section: str | None = None) -> Phrases:
    """The phrases of a lexicon file, or of one section of it, in the file's order.

    Each entry has `phrase` (or `phrases`, which share the rest), `examples`, perhaps `not`; the rest is its meaning.
    """
    entries = load(name)
    found = Phrases(_compiled(entries if section is None else entries[section]))
    if found and all(phrase.phrase.startswith("^") for phrase in found):
        found.gate = re.compile("|".join(_NAMED.sub("(?:", phrase.pattern.pattern) for phrase in found))
    return found


def first(options: Phrases, folded: str) -> "tuple[Phrase, re.Match[str]] | None":
    """The earliest match among the phrases, the longest of those that start there."""
    if options.gate is not None and options.gate.match(folded) is None:
        return None
    found: list[tuple[Phrase, re.Match[str]]] = []
    for trigger, search, phrase in options.searches:
        if trigger in folded and (match := search(folded)) is not None:
            found.append((phrase, match))
    return min(found, key=_place) if found else None


def is_in(options: Iterable[Phrase], folded: str) -> bool:
    """Whether folded text holds any of the phrases."""
    return any(phrase.find(folded) for phrase in options)


def every(options: Phrases, folded: str) -> "list[re.Match[str]]":
    """Every match of every phrase, phrase by phrase."""
    return [m for trigger, _, phrase in options.searches if trigger in folded for m in phrase.pattern.finditer(folded)]


def _place(found: "tuple[Phrase, re.Match[str]]") -> tuple[int, int]:
    return found[1].start(), -found[1].end()


def _compiled(entries: list[dict[str, Any]]) -> Iterator[Phrase]:
    for loaded in entries:
        entry = dict(loaded)
        spellings = entry.pop("phrases", None) or [entry.pop("phrase")]
        examples = tuple(entry.pop("examples", ()))
        counter_examples = tuple(entry.pop("not", ()))
        for spelling in spellings:
            pattern = compiled(spelling)
            yield Phrase(spelling, entry, pattern, _trigger(spelling), examples, counter_examples)


@cache
def _slots() -> dict[str, str]:
    return {name: slot["pattern"] for name, slot in load("slots").items()}


def compiled(phrase: str) -> re.Pattern[str]:
    """The pattern of a phrase, for folded text."""
    folded = fold(phrase)
    anchored_start, anchored_end = folded.startswith("^"), folded.endswith("$")
    body = folded.removeprefix("^").removesuffix("$").strip()
    start = r"\A\W*" if anchored_start else (r"(?<!\w)" if body[0] not in _PUNCTUATION else "")
    end = r"\W*\Z" if anchored_end else (r"(?!\w)" if body[-1] not in _PUNCTUATION else "")
    return re.compile(start + _alternatives(body) + end)


def _alternatives(text: str) -> str:
    """The pattern of "a|b|c", of which there may be one only."""
    depth, options, at = 0, [], 0
    for i, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "|" and not depth:
            options.append(text[at:i])
            at = i + 1
    options.append(text[at:])
    patterns = [_sequence(option) for option in sorted(options, key=len, reverse=True)]
    return patterns[0] if len(patterns) == 1 else "(?:" + "|".join(patterns) + ")"


def _sequence(text: str) -> str:
    """The pattern of parts that follow one another; a part that may be absent takes its blank along."""
    out, firm = "", False
    parts = [(m["part"], bool(m["blank"])) for m in _PART.finditer(_grouped(text))]
    for i, (part, blank) in enumerate(parts):
        pattern, optional = _part(part)
        glue = r"\s*" if part.strip("[]")[:1] in _PUNCTUATION else r"\s+"
        if not optional:
            out += (glue if blank and firm else "") + pattern
            firm = True
        elif firm:
            out += f"(?:{glue if blank else ''}{pattern})?"
        else:
            after = i + 1 < len(parts) and parts[i + 1][1]
            out += f"(?:{pattern}{glue if after else ''})?"
    return out


def _part(part: str) -> tuple[str, bool]:
    """The pattern of one part, and whether it may be absent. Blanks inside brackets stand as NUL here."""
    plain = part.replace("\0", " ")
    if slot := _SLOT.fullmatch(plain):
        return f"(?P<{slot[1]}{slot[2]}>{_slots()[slot[1]]})", False
    if plain[0] == "[":
        if not plain[1:-1].strip():
            return r"\s+", True
        inner = _alternatives(plain[1:-1])
        return f"(?:{inner})", True
    if plain[0] == "(":
        return f"(?:{_alternatives(plain[1:-1])})", False
    return re.escape(plain), False


def _grouped(text: str) -> str:
    """The text with the blanks inside brackets as NUL, so that a part holds no blank."""
    depth, out = 0, []
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        out.append("\0" if letter == " " and depth else letter)
    return "".join(out)


def _trigger(phrase: str) -> str:
    """The longest literal word that every match holds, "" where there is none."""
    plain = fold(phrase).removeprefix("^").removesuffix("$")
    while (bare := _OPTIONAL_PARTS.sub("\0", plain)) != plain:
        plain = bare
    words = [w for run in plain.split("\0") for w in run.split()]
    return max(words, key=len, default="")
