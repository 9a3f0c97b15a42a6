"""Targets as they are printed, with the measures that gold has for them (GUIDE.md, "Targets")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from corpus.generate.due import Json, Said, day_printed
from corpus.generate.issuers import wordings

_DUE_OF_ITS_OWN = 0.2  # the share of targets with a day of their own
_FEWEST_OF_TWO_FIGURES = 10


@dataclass(frozen=True, slots=True)
class Goal:
    """A target; `measured` is None of a general one. `rest` is what a table's row names: the text without its level."""

    text: str
    measured: Said | None = None
    due: Said | None = None
    rest: str = ""

    @property
    def measures(self) -> list[Json]:
        """The measures as gold has them."""
        return list(self.measured.gold["measures"]) if self.measured else []


def targets(rng: Random, subject: Json, year: int) -> list[Goal]:
    """The targets of a plan for a year."""
    shares = rng.sample(subject["targets"], k=rng.randint(2, len(subject["targets"])))
    counts = rng.sample(subject["counts"], k=rng.randint(0, len(subject["counts"])))
    common = rng.sample(sorted(wordings()["common_targets"]), k=rng.randint(0, 3))
    goals = [_share(rng, pattern, year) for pattern in shares] + [_count(rng, pattern, year) for pattern in counts]
    goals += [_common(rng, way, subject["topic"], year) for way in common]
    rng.shuffle(goals)
    return goals


def _measure(comparator: str, value: float, unit: str, **more: object) -> Json:
    return {"comparator": comparator, "value": value, "unit": unit, **more}


def _said(text: str, way: str, *measures: Json) -> Said:
    return Said(text, {"measures": list(measures)}, way)


def _share(rng: Random, pattern: str, year: int) -> Goal:
    value = rng.choice([60, 75, 80, 82.5, 85, 90, 95, 98, 99.5])
    printed = f"{value:g}".replace(".", ",")
    ways = (
        ("100%", "bare", "=", 100),
        (f"Trên {printed}%", "above", ">", value),
        (f"Ít nhất {printed}%", "at least", ">=", value),
        (f"Tối thiểu {printed}%", "at least", ">=", value),
        (f"Từ {printed}% trở lên", "or more", ">=", value),
        (f"Không dưới {printed}%", "not below", ">=", value),
        (f"Phấn đấu {printed}%", "bare", "=", value),
    )
    text, way, comparator, number = rng.choice(ways)
    said = _said(text, f"share, {way}", _measure(comparator, number, "%"))
    return _with_due(rng, pattern.format(level=text), said, year, rest=pattern.format(level="").strip())


def _count(rng: Random, pattern: str, year: int) -> Goal:
    sentence, noun = pattern.split("|")
    value = rng.choice([1, 2, 3, 5, 8, 12, 40, 150, 1250, 3600])
    printed = f"{value:02d}" if value < _FEWEST_OF_TWO_FIGURES else f"{value:,}".replace(",", ".")
    way, comparator, before = rng.choice([("bare", "=", ""), ("at least", ">=", "ít nhất "), ("above", ">", "trên ")])
    said = _said(f"{before}{printed} {noun}", f"count, {way}", _measure(comparator, value, noun))
    return _with_due(rng, sentence.format(level=said.text), said, year)


def _common(rng: Random, way: str, topic: str, year: int) -> Goal:
    """A target that any subject may have: a rank, a change, a ratio, one per something."""
    low = rng.choice([20, 30, 45])
    n = {"rank": rng.choice([3, 5, 10]), "of": rng.choice([7, 12, 41])}.get(way, low + rng.choice([10, 15, 25]))
    n = rng.choice([5, 10, 20]) if way in {"up", "down", "at most", "below"} else n
    few, scale = rng.randint(1, 5), rng.choice(wordings()["scales"])
    pattern = wordings()["common_targets"][way]
    text = pattern.format(n=n, nn=f"{few:02d}", few=few, low=low, topic=topic, scale=scale, before=year - 1)
    measures = {
        "rank": [_measure("<=", n, "rank")],
        "up": [_measure(">=", n, "%", change="increase")],
        "down": [_measure(">=", n, "%", change="decrease")],
        "of": [_measure("=", n, scale, of=n)],
        "per": [_measure(">=", few, "người", per=scale)],
        "words": [_measure(">=", 1, "mô hình", per=scale)],
        "base": [_measure("=", n, "%")],
        "at most": [_measure("<=", n, "%")],
        "below": [_measure("<", n, "%")],
        "naming": [_measure("=", 100, "%")],
        "ages": [_measure("=", n, "%")],
        "money": [_measure(">=", few + 0.5, "tỷ đồng")],
        "a year": [_measure("=", few, "buổi", per="năm")],
        "range": [_measure(">=", low, "%"), _measure("<=", n, "%")],
        "two": [_measure("=", n, "%"), _measure(">", low, "%")],
    }[way]
    return Goal(f"{text}.", _said("", way, *measures))


def _with_due(rng: Random, text: str, said: Said, year: int, rest: str = "") -> Goal:
    if rng.random() > _DUE_OF_ITS_OWN:
        return Goal(f"{text}.", said, rest=rest)
    day = date(year, rng.choice((6, 9, 11)), rng.choice((15, 30)))
    due = Said(f"hoàn thành trước ngày {day_printed(rng, day)}", {"kind": "by", "end": day.isoformat()}, "by a day")
    return Goal(f"{text}, {due.text}.", said, due, rest)


def in_table(goals: Sequence[Goal]) -> list[Goal]:
    """Those that a table may hold: a name, and a share in the cell beside it."""
    return [goal for goal in goals if goal.rest]
