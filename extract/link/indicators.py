"""A target's text -> the code of the indicator it is about, `other` where none fits for sure.

Words first, rules second, both in `lexicon/indicators.yaml`: spaCy's PhraseMatcher finds the words (each stands for an
idea: `team`, `people`, `told`), and a rule asks for some of them in an order. A word that only looks like an idea is an
idea of its own ("di tích xếp hạng" is no rank): of words that overlap, the one that begins first and is longest counts.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from extract.lexicon import load
from extract.text import LOWER, UPPER, fold, squeezed

# "VNeID, … như: y tế, giáo dục", "…; trong đó 55% …": the target is what stands before the particulars.
_PARTICULARS = re.compile(
    r"""  [;…] (?!\))                       # a second target on the same line, but not "(bưởi, chiếu…)"
        | (?<=\w\w\w)\. (?=\s)              # a second sentence, but not "TP. Hà Nội"
        | \b trong \s đó \b
        | (?<!cũng\s)(?<!hầu\s) \b như \b (?!\s sau)
    """,
    re.VERBOSE,
)
_MARK = re.compile(r"[^\w\s]")
_NAME = rf"[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+"
# The choices of a spelling, innermost first: "(hộ|gia đình)", "[ứng dụng]".
_CHOICE = re.compile(r"\((?P<one>[^()\[\]]*)\)|\[(?P<maybe>[^()\[\]]*)\]")


class Hit(NamedTuple):
    """A word found: the idea it stands for, and its place in tokens."""

    idea: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of being about an indicator: ideas in an order, at most `gap` tokens from one to the next."""

    code: str
    steps: tuple[frozenset[str], ...]
    gap: int
    without: frozenset[str]
    over: frozenset[str]
    weak: bool
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def completed(self, hits: Sequence[Hit]) -> int | None:
        """The token behind the last of the steps where they are all there, as early as may be; else None."""
        if not self.without.isdisjoint(hit.idea for hit in hits):
            return None
        ends = [hit.end for hit in hits if hit.idea in self.steps[0]]
        for step in self.steps[1:]:
            if not ends:
                return None
            ends = [hit.end for hit in hits if hit.idea in step and self._follows(ends, hit.start)]
        return ends[0] if ends else None

    def _follows(self, ends: Sequence[int], start: int) -> bool:
        before = bisect_right(ends, start)
        return before > 0 and start - ends[before - 1] <= self.gap


class _Bid(NamedTuple):
    """What a rule that fits bids: the least wins. A weak rule after all others, then by where it is complete."""

    weak: bool
    end: int
    rank: int


def indicator_of(text: str) -> str:
    """The code of `codelists/indicators.csv` that a target is about.

    Of the rules that fit, the one whose words are complete first wins, for a target's subject stands before its
    particulars. A rule may name codes that it wins over wherever they stand; a weak one wins over none.
    """
    hits = hits_in(text)
    bids: list[tuple[_Bid, Rule]] = []
    for rank, rule in _candidates(hits):
        end = rule.completed(hits)
        if end is not None:
            bids.append((_Bid(rule.weak, end, rank), rule))
    beaten = {code for _, rule in bids for code in rule.over if code != rule.code}
    return min(((bid, rule.code) for bid, rule in bids if rule.code not in beaten), default=(None, "other"))[1]


def hits_in(text: str) -> list[Hit]:
    """The words of a target's main clause, left to right, none overlapping another."""
    folded = fold(_named().sub(_quoted, text))
    particulars = _PARTICULARS.search(folded)
    found = _matcher()(folded[: particulars.start()] if particulars else folded)
    means, before_names = _lexicon()["means"], _lexicon()["before_names"]
    hits: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.start, -h.end)):
        last = hits[-1] if hits else None
        if last and hit.start < last.end:
            continue
        if last and last.idea in before_names and hit.start == last.end:
            last = hits.pop()
        # "qua nhóm Zalo", "qua các nhóm Zalo"
        only_means = last and last.idea == "by" and hit.start - last.end <= 1 and hit.idea in means
        hits.append(hit._replace(idea=f"by_{hit.idea}") if only_means else hit)
    return hits


@cache
def _named() -> re.Pattern[str]:
    """Words that names stand behind, and a proper name's first two words where there is one: "ứng dụng | Non Nước"."""
    words = "|".join(sorted(_lexicon()["named"], key=len, reverse=True))
    return re.compile(rf'(?P<words>\b(?i:{words}) +)["“”«]?(?P<name>{_NAME})?')


def _quoted(match: re.Match[str]) -> str:
    return f'{match["words"]}"{match["name"]}' if match["name"] else match["words"]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of the lexicon in its order, which decides between two that are complete at the same word."""
    lexicon = _lexicon()
    ideas = {entry["idea"] for entry in lexicon["words"]} | {f"by_{idea}" for idea in lexicon["means"]}
    groups = {name: frozenset(members) for name, members in lexicon["groups"].items()}
    return tuple(_rule(entry, ideas, groups) for entry in lexicon["rules"])


def spellings(phrase: str) -> Iterator[str]:
    """Every way to write a phrase, folded: "(thẻ|tài khoản) [điện tử]" has four."""
    choice = _CHOICE.search(phrase)
    if not choice:
        yield squeezed(fold(phrase))
        return
    options = choice["one"].split("|") if choice["one"] is not None else ["", *choice["maybe"].split("|")]
    for option in options:
        yield from spellings(f"{phrase[: choice.start()]}{option}{phrase[choice.end() :]}")


@cache
def _lexicon() -> dict[str, Any]:
    lexicon: dict[str, Any] = load("indicators")
    return lexicon


def _rule(entry: dict[str, Any], ideas: set[str], groups: dict[str, frozenset[str]]) -> Rule:
    def named(words: Iterable[str]) -> frozenset[str]:
        names = frozenset(itertools.chain.from_iterable(groups.get(word, (word,)) for word in words))
        if names - ideas:
            raise ValueError(f"lexicon/indicators.yaml: no word has the idea {sorted(names - ideas)}")
        return names

    return Rule(
        code=entry["code"],
        steps=tuple(named(step.split("|")) for step in entry["steps"]),
        gap=entry.get("gap", 12),
        without=named(entry.get("without", ())),
        over=frozenset(entry.get("over", ())),
        weak=entry.get("weak", False),
        examples=tuple(entry["examples"]),
        counter_examples=tuple(entry.get("not", ())),
    )


def _candidates(hits: Sequence[Hit]) -> Iterator[tuple[int, Rule]]:
    """The rules of which every step has a word among the hits, with their ranks."""
    present = {hit.idea for hit in hits}
    by_last_step = _by_last_step()
    for rank in {rank for idea in present for rank in by_last_step.get(idea, ())}:
        rule = rules()[rank]
        if not any(step.isdisjoint(present) for step in rule.steps):
            yield rank, rule


@cache
def _by_last_step() -> dict[str, list[int]]:
    ranks: dict[str, list[int]] = {}
    for rank, rule in enumerate(rules()):
        for idea in rule.steps[-1]:
            ranks.setdefault(idea, []).append(rank)
    return ranks


@cache
def _matcher() -> Callable[[str], list[Hit]]:
    """The words as a PhraseMatcher; spaCy is imported on first use, for that takes half a second."""
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415
    from spacy.vocab import Vocab  # noqa: PLC0415

    vocab = Vocab()
    # A mark is a token of its own anywhere; by spaCy's rules for any language "2G" is two tokens and "2G." two others.
    tokens = Tokenizer(vocab, prefix_search=_MARK.match, infix_finditer=_MARK.finditer)
    matcher = PhraseMatcher(vocab)
    for entry in _lexicon()["words"]:
        written = itertools.chain.from_iterable(spellings(phrase) for phrase in entry["spellings"])
        matcher.add(entry["idea"], [tokens(words) for words in written])
    names = vocab.strings

    def find(folded: str) -> list[Hit]:
        return [Hit(names[idea], start, end) for idea, start, end in matcher(tokens(folded))]

    return find
