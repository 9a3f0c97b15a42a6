"""Reported values -> the unit of the target that they are held against; units as people read and write them."""

from collections.abc import Iterable

from publish.progress.quantities import converted

_SHOWN = {"rank": "hạng"}
_MEANT = {"hạng": "rank", "thứ hạng": "rank", "vị trí": "rank"}


def in_target_unit(
    value: float, unit: str | None, percent: float | None, *, wanted: str | None, change: str | None = None
) -> float | None:
    """The value in the unit of a target's main measure; None where that can't be told.

    Of a share, the percentage given beside a count. A target of a `change` is reached by a level or the change itself.

    >>> in_target_unit(1.5, "tỷ đồng", None, wanted="triệu đồng"), in_target_unit(116, "người", 85.3, wanted="%")
    (1500.0, 85.3)
    """
    if not wanted:
        return None
    same = value if unit == wanted else converted(value, unit, wanted)
    return percent if same is None and wanted == "%" and change is None else same


def is_one_of(unit: str, others: Iterable[str]) -> bool:
    """Whether a unit can be converted into one of the others.

    >>> is_one_of("triệu đồng", {"đồng"}), is_one_of("căn nhà", {"đồng"}), is_one_of("căn nhà", ())
    (True, False, False)
    """
    return any(converted(1.0, unit, other) is not None for other in others)


def shown_unit(unit: str | None) -> str | None:
    """A unit as people read it: "hạng" for a rank."""
    return _SHOWN.get(unit, unit) if unit else None


def unit_meant(written: str) -> str:
    """The unit that people write.

    >>> unit_meant("Hạng"), unit_meant("triệu đồng")
    ('rank', 'triệu đồng')
    """
    return _MEANT.get(written.lower(), written)
