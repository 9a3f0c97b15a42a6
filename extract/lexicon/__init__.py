"""How things are said: phrases kept as YAML with examples, compiled to patterns over folded text.

A phrase is written as printed, in a small notation:

    quý {quarter}/{year}     a slot; its pattern is in slots.yaml, its match a named group
    (phấn đấu|nỗ lực)        one of several
    [số] hộ                  may be absent
    ^chủ trì                 only at the start of the text searched
    báo cáo$                 only at its end

A blank stands for any white space. A phrase begins and ends at a word's edge. A slot used twice is numbered:
`{day}` and `{day2}`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from extract.text import fold

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SLOT = re.compile(r"\{([a-z_]+?)(\d*)\}")
_LITERAL = re.compile(r"[\w%/.-]+(?: [\w%/.-]+)*")
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
    vetoes: tuple[re.Pattern[str], ...] = field(default=())

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


@cache
def phrases(name: str, section: str | None = None) -> tuple[Phrase, ...]:
    """The phrases of a lexicon file, or of one section of it, in the file's order.

    Each entry has `phrase` (or `phrases`, which share the rest), `examples`, perhaps `not`; what else it has is its meaning.
    """
    entries = load(name)
    return tuple(_compiled(entries if section is None else entries[section]))


def first(options: Iterable[Phrase], folded: str) -> "tuple[Phrase, re.Match[str]] | None":
    """The earliest match among the phrases, the longest of those that start there."""
    found = [(m.start(), -m.end(), i, p, m) for i, p in enumerate(options) if (m := p.find(folded))]
    if not found:
        return None
    *_, phrase, match = min(found, key=lambda f: f[:3])
    return phrase, match


def _compiled(entries: list[dict[str, Any]]) -> Iterator[Phrase]:
    for entry in entries:
        entry = dict(entry)
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
    out, at = [], 0
    for slot in _SLOT.finditer(body):
        out.append(_literal(body[at : slot.start()]))
        out.append(f"(?P<{slot[1]}{slot[2]}>{_slots()[slot[1]]})")
        at = slot.end()
    out.append(_literal(body[at:]))
    pattern = "".join(out)
    start = r"\A\W*" if anchored_start else (r"(?<!\w)" if body[0] not in ".,;:%-/" else "")
    end = r"\W*\Z" if anchored_end else (r"(?!\w)" if body[-1] not in ".,;:%-/" else "")
    return re.compile(start + pattern + end)


def _literal(text: str) -> str:
    """The pattern of a phrase's text between slots: escaped, with alternatives, options and elastic blanks."""
    escaped = re.sub(r"[.*+?\\^$]", lambda m: "\\" + m[0], text)
    spaced = re.sub(r"\] ", r"] ", escaped)
    spaced = re.sub(r" \[([^\[\]]*)\]", r"(?:\\s+(?:\1))?", spaced)
    spaced = re.sub(r"\[([^\[\]]*)\] ", r"(?:(?:\1)\\s+)?", spaced)
    spaced = re.sub(r"\[([^\[\]]*)\]", r"(?:\1)?", spaced)
    spaced = re.sub(r"\((?!\?)", "(?:", spaced)
    return spaced.replace(" ", r"\s+")


def _trigger(phrase: str) -> str:
    """The longest literal word run that every match holds, "" where there is none."""
    plain = fold(phrase).removeprefix("^").removesuffix("$")
    while (bare := _OPTIONAL_PARTS.sub("\0", plain)) != plain:
        plain = bare
    words = [w for run in plain.split("\0") for w in run.split()]
    return max(words, key=len, default="")
