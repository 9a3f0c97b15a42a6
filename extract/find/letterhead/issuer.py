"""The bodies that a plan names -> the issuing body's name, level, territory and province."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.find.letterhead.bodies import Body
from extract.model import Mention, Reading
from extract.normalize.casing import natural
from extract.normalize.territories import Territory, is_province, levels
from extract.text import fold
from schemas import IssuerLevel

_PEERS = {"mass", "department", "institution"}  # kinds that plan together; governments and Party bodies stand above


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body: its name in natural case, level, territory, the province above it, and where it was read.

    `partner` is the first body's name where several plan together.
    """

    name: str
    level: IssuerLevel
    territory: Territory | None
    province: str | None
    places: tuple[tuple[int, int], ...]
    partner: str | None = None


def of_letterhead(found: Sequence[Body], reading: Reading, *, joint: bool, partners: int = 0) -> Issuer | None:
    """The issuer that the letterhead's bodies make: the last one, or all of a joint plan's.

    `partners` is how many bodies the number's letters name, 0 where they don't.
    """
    if not found:
        return None
    first = len(found) - 1
    while first and (
        found[first].joined or (joint and _are_partners(found[first - 1 : first + 1], len(found) - first, partners))
    ):
        first -= 1
    above, own = found[:first], found[first:]
    names = [_name(b, above, found, reading) for b in own]
    territory = next((t for b in [*own, *reversed(above)] if (t := b.territory())), None)
    places = tuple((p.start, p.end) for b in own for p in b.pieces)
    return Issuer(
        " - ".join(names),
        _level(own[0], territory, central=any(b.kind == "central" for b in above)),
        territory,
        _province([*above, *own]),
        places,
        names[0] if own[1:] else None,
    )


def _are_partners(two: Sequence[Body], so_far: int, partners: int) -> bool:
    """Whether a joint plan's letterhead names a further partner above the `so_far` ones, and no parent."""
    if so_far < partners:
        return True
    kinds = {b.kind for b in two}
    return len(kinds) == 1 or kinds <= _PEERS


def _name(body: Body, above: Sequence[Body], found: Sequence[Body], reading: Reading) -> str:
    """The body's name, with the body's above it where it is a part of that, with a territory where it has none."""
    name = natural(body.printed, reading.text, reading.folded)
    index = found.index(body)
    if body.kind == "part" and body.territory() is None and index > 0:
        return f"{name} {natural(found[index - 1].printed, reading.text, reading.folded)}"
    territory = next((t for b in reversed(above) if (t := b.territory())), None)
    return name if territory is None or body.territory() is not None else _with_name(name, territory)


def _level(body: Body, territory: Territory | None, *, central: bool = False) -> IssuerLevel:
    if body.kind == "institution":
        return IssuerLevel.OTHER
    if body.means.get("level") and (territory is None or territory.type == "thành phố"):
        return IssuerLevel(body.means["level"])
    if territory is not None:
        return level_of(territory)
    return IssuerLevel.CENTRAL if central or body.kind == "central" else IssuerLevel.OTHER


def level_of(territory: Territory) -> IssuerLevel:
    """The level of government of a territory."""
    if is_province(territory.type, territory.name):
        return IssuerLevel.PROVINCE
    return IssuerLevel(levels()[territory.type])


def _province(found: Sequence[Body]) -> str | None:
    """The province that a letterhead names."""
    named = (b.territory() for b in found)
    return next((t.name for t in named if t and level_of(t) is IssuerLevel.PROVINCE), None)


def completed(
    body: Body, territory: Mention[Territory] | None, reading: Reading, *, parent: Body | None = None
) -> Issuer:
    """The issuer that a body without its territory's name ("UBND phường") and the plan's territory make."""
    own = body.territory()
    name = natural(body.printed, reading.text, reading.folded)
    places = [(p.start, p.end) for p in body.pieces]
    if parent is not None and body.kind == "part":
        name = f"{name} {natural(parent.printed, reading.text, reading.folded)}"
    if own is None and territory is not None and body.kind != "institution":
        own = territory.value
        name = _with_name(name, own)
        places.append((territory.start, territory.end))
    province = own.name if own and level_of(own) is IssuerLevel.PROVINCE else None
    return Issuer(name, _level(body, own), own or (territory.value if territory else None), province, tuple(places))


def _with_name(name: str, territory: Territory) -> str:
    """The name with the territory's: "UBND phường" and phường Hòa Bình: "UBND phường Hòa Bình"."""
    kind = re.search(rf"\s+{re.escape(territory.type)}\Z", fold(name))
    return f"{name[: kind.start()] if kind else name} {territory.type} {territory.name}"
