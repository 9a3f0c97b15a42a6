"""Who issues a plan: the lines of its letterhead, and what gold has for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

Json = dict[str, Any]


@cache
def wordings() -> Any:
    """The words that plans are made of."""
    return yaml.safe_load(files("corpus.generate").joinpath("wordings.yaml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: the lines of the letterhead's left column, and gold's fields.

    `acts_for` is the line over the signer's position, `deputy` says that he signs for the head.
    """

    kind: str
    above: str
    name: str
    short: str
    symbol: str
    level: str
    locality: Json
    place: str
    units: Sequence[str]
    position: str
    acts_for: str = ""
    deputy_of: str = ""


def issuer(rng: Random, place: Json) -> Issuer:
    """Some body of the place, communes oftenest."""
    return rng.choice(_KINDS)(rng, place)


def _units(kind: str) -> Sequence[str]:
    return [str(name) for name in wordings()["units"][kind]]


def _over(place: Json) -> str:
    return f"{place['kind']} {place['province']}".upper()


def _locality(kind: str, name: str, place: Json) -> Json:
    return {"type": kind, "name": name, "province": place["province"]}


def _commune(rng: Random, place: Json) -> Issuer:
    return _of_commune(rng, place, "xã", "communes")


def _ward(rng: Random, place: Json) -> Issuer:
    return _of_commune(rng, place, "phường", "wards")


def _of_commune(rng: Random, place: Json, kind: str, names: str) -> Issuer:
    name, deputy = rng.choice(place[names]), rng.random() < 0.5
    return Issuer(
        kind=names.removesuffix("s"),
        above=_over(place) if rng.random() < 0.5 else f"ỦY BAN NHÂN DÂN {_over(place)}",
        name=f"ỦY BAN NHÂN DÂN {kind} {name}".upper(),
        short=f"UBND {kind} {name}",
        symbol="KH-UBND",
        level="commune",
        locality=_locality(kind, name, place),
        place=name,
        units=_units(names.removesuffix("s")),
        position="PHÓ CHỦ TỊCH" if deputy else "CHỦ TỊCH",
        acts_for="TM. ỦY BAN NHÂN DÂN",
        deputy_of="KT. CHỦ TỊCH" if deputy else "",
    )


def _province(_: Random, place: Json) -> Issuer:
    name, kind = place["province"], place["kind"]
    return Issuer(
        kind="province",
        above="",
        name=f"ỦY BAN NHÂN DÂN {kind} {name}".upper(),
        short=f"UBND {kind} {name}",
        symbol="KH-UBND",
        level="province",
        locality=_locality(kind, name, place),
        place=name,
        units=_units("province"),
        position="PHÓ CHỦ TỊCH",
        acts_for="TM. ỦY BAN NHÂN DÂN",
        deputy_of="KT. CHỦ TỊCH",
    )


def _department(rng: Random, place: Json) -> Issuer:
    name, kind = place["province"], place["kind"]
    body, symbol = rng.choice(
        [("Sở Y tế", "SYT"), ("Sở Nông nghiệp và Môi trường", "SNNMT"), ("Sở Công Thương", "SCT")]
    )
    return Issuer(
        kind="department",
        above=f"ỦY BAN NHÂN DÂN {kind} {name}".upper() if rng.random() < 0.5 else f"UBND {kind} {name}".upper(),
        name=body.upper(),
        short=f"{body} {kind} {name}",
        symbol=f"KH-{symbol}",
        level="province",
        locality=_locality(kind, name, place),
        place=name,
        units=_units("department"),
        position="GIÁM ĐỐC",
    )


def _party(rng: Random, place: Json) -> Issuer:
    name, (kind, names) = "", rng.choice([("xã", "communes"), ("phường", "wards")])
    name = rng.choice(place[names])
    return Issuer(
        kind="party",
        above=f"{'ĐẢNG BỘ' if rng.random() < 0.5 else 'ĐẢNG ỦY'} {_over(place)}",
        name=f"ĐẢNG ỦY {kind} {name}".upper(),
        short=f"Đảng ủy {kind} {name}",
        symbol="KH/ĐU",
        level="commune",
        locality=_locality(kind, name, place),
        place=name,
        units=_units("party"),
        position="PHÓ BÍ THƯ",
        acts_for="T/M BAN THƯỜNG VỤ",
    )


def _school(rng: Random, _: Json) -> Issuer:
    """A school of a commune that no list has, for its letterhead leaves the province open."""
    name = rng.choice(wordings()["unlisted_communes"])
    school = rng.choice(["Trường Tiểu học Kim Đồng", "Trường Trung học cơ sở Lê Hồng Phong", "Trường Mầm non Hoa Sen"])
    return Issuer(
        kind="school",
        above=f"UBND XÃ {name.upper()}",
        name=school.upper(),
        short=f"{school} xã {name}",
        symbol="KH-" + "".join(word[0] for word in school.upper().split()),
        level="other",
        locality={"type": "xã", "name": name, "province": None},
        place=name,
        units=_units("school"),
        position="HIỆU TRƯỞNG",
    )


_KINDS: Sequence[Callable[[Random, Json], Issuer]] = (
    _commune, _commune, _ward, _ward, _province, _department, _party, _school,
)  # fmt: skip
