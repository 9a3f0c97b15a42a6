"""Values in the units that reports use -> values in the unit of a target, or a refusal; nothing is guessed."""

from dataclasses import dataclass
from functools import lru_cache

from extract.text import fold
from schemas.codelists import by_code, codelist

_LISTED = "#"  # before a dimension, so that no counted noun is taken for one
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Scale:
    """What a unit measures, "#money" or a counted noun; how many of the smallest unit it is; what it is counted per."""

    kind: str
    factor: float = 1.0
    per: str = ""

    def measures_the_same_as(self, other: "Scale") -> bool:
        """Whether a value of this unit can be given in the other one; what it is counted per may go unsaid here."""
        return same_noun(self.kind, other.kind) and (not self.per or same_noun(self.per, other.per))


def converted(value: float, unit: str | None, to: str | None) -> float | None:
    """The value in another unit; None where the two do not measure the same thing.

    >>> converted(1.86, "tỷ đồng", "triệu đồng"), converted(12, "hộ", "hộ gia đình"), converted(12, "hộ", "người")
    (1860.0, 12, None)
    """
    one, other = scale(unit), scale(to)
    return rescaled(value, one.factor, other.factor) if one.measures_the_same_as(other) else None


def rescaled(value: float, factor: float, to: float) -> float:
    """The value in a unit of another size; as SQLite counts it in status.sql."""
    return value if factor == to else round(value * factor / to, _DIGITS)


@lru_cache(maxsize=4096)
def scale(unit: str | None, per: str | None = None) -> Scale:
    """A unit as written, and what it is counted per where that is said apart.

    >>> scale("Triệu đồng/người"), scale("nghìn lượt khách")
    (Scale(kind='#money', factor=1000000.0, per='người'), Scale(kind='lượt khách', factor=1000.0, per=''))
    >>> scale("phút", "hồ sơ"), scale("ngày làm việc").kind == scale("ngày").kind
    (Scale(kind='#time', factor=1.0, per='hồ sơ'), False)
    """
    measured, _, counted_per = _plain(unit).partition("/")
    listed = _dimension(measured) or _multiple(measured)
    kind, factor = listed or (measured, 1.0)
    return Scale(kind, factor, _plain(counted_per) or _plain(per))


def dimension(unit: str | None) -> str:
    """The kind of a listed unit of measurement, "#share"; else the noun.

    >>> dimension("%"), dimension("hộ")
    ('#share', 'hộ')
    """
    return scale(unit).kind


def same_noun(one: str, other: str) -> bool:
    """Whether a counted noun is the other one, or the other one said shortly: "hộ" and "hộ gia đình"."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return bool(short) and not long.startswith(_LISTED) and f"{long} ".startswith(f"{short} ")


def _dimension(unit: str) -> tuple[str, float] | None:
    row = _listed().get(unit)
    return (f"{_LISTED}{row[0]}", row[1]) if row else None


def _multiple(unit: str) -> tuple[str, float] | None:
    """Of "nghìn lượt" the noun or unit of measurement, and a thousand times its factor."""
    word, _, rest = unit.partition(" ")
    times = by_code("multiples").get(word)
    if times is None or not rest:
        return None
    kind, factor = _dimension(rest) or (rest, 1.0)
    return kind, factor * float(times["factor"])


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[str, float]]:
    """Dimension and factor by unit."""
    return {_plain(row["code"]): (row["dimension"], float(row["factor"])) for row in codelist("measure_units")}


def _plain(text: str | None) -> str:
    return " ".join(fold(text or "").split())
