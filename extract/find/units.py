"""Text -> units with their roles: an attribute's value, a heading's name, a charge in running text."""

import re
from collections.abc import Iterator
from functools import lru_cache

from extract.lexicon import every, first, phrases
from extract.model import Mention
from extract.normalize.attributes import role_parts
from extract.normalize.units import is_unit_list, opens_unit, split_units
from extract.text import LOWER, fold
from schemas import Role, UnitRole

_NOTHING = re.compile(r"[\W_]*|nt|như trên|không")
# "Sở A (chủ trì), Sở B (phối hợp)"
_ROLE_IN_BRACKETS = re.compile(r"\(\s*(?P<role>chủ trì|phối hợp|thực hiện)\s*\)")
_ROLES = {"chủ trì": Role.LEAD, "phối hợp": Role.COORDINATE, "thực hiện": Role.IMPLEMENT}
_GIVES = {"lead": Role.LEAD, "coordinate": Role.COORDINATE, "implement": Role.IMPLEMENT}
_SMALL_WORD = re.compile(rf"\s+(?=[{LOWER}])")
_GOES_ON = re.compile(r"\b(?:các|những|của|với|và|cùng)\Z")
_DANGLING = re.compile(r"(?:[,;]\s*|\s+)(?:các|những|và|cùng|với)\s*\Z")
_DETERMINED = re.compile(r"(?:^|[\s,])(?:các|những|mọi)\s(?:[^,]+,)+\s*\Z")  # "các ban, ngành, đoàn thể"
_MUST_END = 2
_CLAUSE_END = re.compile(r"[.;]\s+|,\s+(?=giao\s)")
_LONGEST_CHARGE = 60  # characters that show whether a clause charges a unit
_LONGEST_VERB = 24  # characters
_STOP = re.compile(r"[.;:]|,\s+(?=(?:trong đó|hoàn thành|báo cáo|trước|chậm nhất)\b)")


def units_of_value(text: str, role: Role) -> list[Mention[UnitRole]]:
    """The units of an attribute line's value or a cell; "X phối hợp với Y" gives Y the role coordinate."""
    folded = fold(text)
    if _NOTHING.fullmatch(folded.strip()):
        return []
    if _ROLE_IN_BRACKETS.search(folded):
        return list(_by_brackets(text, folded, role))
    found = _coordination(folded)
    parts = list(_parts_by_role(text, folded, found))
    if parts:
        return parts
    if found is None:
        return list(_named(text, 0, len(text), role))
    before_end, after_start = found
    leads = folded[:before_end].rstrip(" ,").endswith("chủ trì") or "chủ trì" in folded[before_end:after_start]
    before = list(_named(text, 0, before_end, Role.LEAD if leads else role))
    if not before:
        return list(_named(text, after_start, len(text), role if role is Role.COORDINATE else Role.COORDINATE))
    end = _trailing(folded, after_start, len(text))
    return before + list(_named(text, after_start, end, Role.COORDINATE))


def _by_brackets(text: str, folded: str, role: Role) -> Iterator[Mention[UnitRole]]:
    """Each name's role as the bracket after it says; names before a bracket share it back to the bracket before."""
    at = 0
    for match in _ROLE_IN_BRACKETS.finditer(folded):
        yield from _named(text, at, match.start(), _ROLES[match["role"]])
        at = match.end()
    yield from _named(text, at, len(text), role)


def _parts_by_role(text: str, folded: str, coordination: tuple[int, int] | None) -> Iterator[Mention[UnitRole]]:
    """Each part's role is its last word ("Sở A chủ trì; Sở B, Sở C phối hợp"); nothing where a part says none.

    Nor where a part is one side's and what stands before it the other's: "Sở A phối hợp với Sở B thực hiện".
    """
    parts = role_parts(text)
    if not parts or folded[parts[-1].after :].strip(" .,;"):
        return
    last = parts[-1]
    sides = coordination is not None and (len(parts) == 1 or coordination[0] <= last.start <= coordination[1])
    if sides and coordination and opens_unit(folded[coordination[1] : last.end].lstrip()):
        return
    for part in parts:
        yield from _named(text, part.start, part.end, _GIVES[part.gives])


def _coordination(folded: str) -> tuple[int, int] | None:
    """Where the coordinating units' part begins: the end of what stands before it, the start of their names."""
    found = first(phrases("units", "coordination"), folded)
    return (found[1].start(), found[1].end()) if found else None


def _named(text: str, start: int, end: int, role: Role) -> Iterator[Mention[UnitRole]]:
    folded = fold(text)
    end = _trailing(folded, start, end)
    if dangling := _DANGLING.search(folded, start, end):  # "Công an xã, các", which a page's end cuts
        end = dangling.start()
    for unit in split_units(text, start, end):
        if len(unit.name) > 1 and re.search(r"\w", unit.name):
            yield Mention(unit.start, unit.end, UnitRole(name=unit.name, canonical=unit.name, role=role))


def _trailing(folded: str, start: int, end: int) -> int:
    """Where the names end: a verb after the last of them is no part of it."""
    for phrase in phrases("units", "trailing"):
        match = phrase.find(folded, start, end)
        if match and match.start() > start + 2 and not folded[match.end() : end].strip(" .,;"):
            return match.start()
    return end


@lru_cache(maxsize=1024)
def units_of_heading(text: str) -> tuple[Mention[UnitRole], ...]:
    """The units that a heading names, role implement; none where it names none."""
    if is_unit_list(text):
        return tuple(_named(text, 0, len(text), Role.IMPLEMENT))
    found = first(phrases("verbs", "owner_of"), fold(text))
    if found and opens_unit(fold(text)[found[1].end() :].lstrip()):
        return tuple(_named(text, found[1].end(), len(text), Role.IMPLEMENT))
    return ()


def role_of_duty(text: str) -> Role:
    """The role of the unit that carries a duty, by how the duty opens."""
    found = first(phrases("verbs", "roles"), fold(text[:120]))
    return Role(found[0].means["role"]) if found else Role.IMPLEMENT


def units_charged(text: str, folded: str) -> list[Mention[UnitRole]]:
    """The units that running text charges: "Giao Sở A chủ trì, phối hợp với Sở B thực hiện …"."""
    found: list[Mention[UnitRole]] = []
    for start, end in _sentences(text, folded):
        found += _charged(text, folded, start, end)
    return found


def _sentences(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """The sentences and clauses; a charge behind a comma begins one: "…, giao Ban Xây dựng Đảng chủ trì"."""
    start = 0
    for match in _CLAUSE_END.finditer(text):
        if match[0][0] == "," and not _opens_charge(folded[match.end() : match.end() + _LONGEST_CHARGE]):
            continue
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _opens_charge(folded: str) -> bool:
    charge = first(phrases("units", "charges"), folded)
    return charge is not None and opens_unit(folded[charge[1].end() :].lstrip())


def _charged(text: str, folded: str, start: int, end: int) -> list[Mention[UnitRole]]:
    body = folded[start:end]
    charge = first(phrases("units", "charges"), body)
    begin = start + charge[1].end() if charge else start
    if not opens_unit(folded[begin:end].lstrip()):
        return []
    duty = _first_duty(text, folded, begin, end)
    if charge is not None and (verb := _before_any_verb(text, folded, begin, duty[0] if duty else end)) < end:
        duty = duty if duty and duty[0] <= verb else (verb, verb, Role.IMPLEMENT)  # "Giao Trưởng các thôn niêm yết …"
    if duty is None or (charge is None and duty[2] is Role.IMPLEMENT):
        return []
    at, rest, role = duty
    if _names_end(text, folded, begin, at) < at:
        return []
    if charge is not None and role is Role.COORDINATE:  # "Giao A phối hợp với B": A does it, B helps
        rest, role = at, Role.IMPLEMENT
    found = list(_named(text, begin, at, role))
    together = first(phrases("units", "together"), folded[rest:end])
    if together and role is not Role.COORDINATE:
        names = rest + together[1].end()
        last = _names_end(text, folded, names, end)
        work = folded[names:last].lstrip()
        if not opens_unit(work) and first(phrases("verbs", "actions"), work):
            return found  # "phối hợp vận động đoàn viên"
        found += list(_named(text, names, _before_any_verb(text, folded, names, last), Role.COORDINATE))
    return found


def _before_any_verb(text: str, folded: str, start: int, end: int) -> int:
    """Where names end before whatever says what to do: a small word after a name that opens items elsewhere.

    Not right after the word that opens a name ("Ban quản lý …", "Tổ hòa giải …"), nor after one that goes on with it.
    """
    names = [m.span() for m in every(phrases("verbs", "names_with_verbs"), folded)]
    for blank in _SMALL_WORD.finditer(text, start + 1, end):
        at = blank.end()
        if any(a <= at < b for a, b in names):
            continue
        least = _least_whole(folded[at : at + _LONGEST_VERB])
        if least and not _is_inside_head(folded, at) and _wholeness(folded[start : blank.start()]) >= least:
            return blank.start()
    return end


def _least_whole(folded: str) -> int:
    """How whole the names before a small word must be for it to end them; 0 where it opens nothing to be done.

    A verb of one syllable may be a part of any name but one that must end.
    """
    if first(phrases("verbs", "after_names"), folded) is not None:
        return 1
    verb = first(phrases("verbs", "actions"), folded)
    return 0 if verb is None else 1 if " " in verb[1][0] else _MUST_END


def _is_inside_head(folded: str, at: int) -> bool:
    """Whether the word before is the first of two that open a name: "Văn phòng"."""
    before = folded.rfind(" ", 0, at - 1) + 1
    opened = first(phrases("units", "heads"), folded[before : at + _LONGEST_VERB])
    return opened is not None and before + opened[1].end() > at


def _wholeness(folded: str) -> int:
    """0 where the last of the names so far cannot end, 1 where it may, 2 where it must.

    One that says no more than what a name opens with cannot, but for a place ("các xã, phường"), or the end of a list
    ("các ban, ngành, đoàn thể").
    """
    composites = every(phrases("units", "composites"), folded)
    if any(m.end() == len(folded) or _is_place(folded[m.end() :].strip()) for m in composites):
        return _MUST_END
    listed = folded.rpartition(",")[2]
    last = listed.rpartition(" và ")[2].strip()
    name = last if opens_unit(last) else listed.strip()
    opened = first(phrases("units", "heads"), name)
    if opened is None or _GOES_ON.search(name):
        return 0
    known = first(phrases("units", "closed_by"), name) or _is_department(listed)
    if known or _is_place(name.rpartition(" ")[2]) or _is_place(name):
        return _MUST_END
    if opened[1].end() < len(name):
        return 1
    return _MUST_END if _DETERMINED.search(folded, 0, len(folded) - len(listed)) else 0


def _is_department(folded: str) -> bool:
    """Whether a name is a department's whole one: "Sở Khoa học và Công nghệ"."""
    rest = folded.strip().partition(" ")[2]
    found = first(phrases("units", "departments"), rest)
    return found is not None and found[1].end() == len(rest)


def _is_place(folded: str) -> bool:
    found = first(phrases("units", "heads"), folded)
    return found is not None and bool(found[0].means.get("place")) and found[1].end() == len(folded)


def _first_duty(text: str, folded: str, begin: int, end: int) -> tuple[int, int, Role] | None:
    """Where the names' duty begins and its word ends, and the role it gives; words inside names are none."""
    names = [m.span() for m in every(phrases("verbs", "names_with_verbs"), folded)]
    found = [
        (m.start(), -m.end(), str(p.means["role"]))
        for p in phrases("verbs", "takes_duty")
        for m in p.pattern.finditer(folded, begin, end)
        if text[m.start()].islower() and not any(a <= m.start() < b for a, b in names)
    ]
    if not found:
        return None
    start, negative_end, role = min(found)
    return start, -negative_end, Role(role)


def _names_end(text: str, folded: str, start: int, end: int) -> int:
    """Where a list of names in running text ends: at a verb, or at a stop."""
    stop = _STOP.search(folded, start, end)
    end = stop.start() if stop else end
    names = [m.span() for m in every(phrases("verbs", "names_with_verbs"), folded)]
    verbs = (m.start() for p in phrases("verbs", "ends_names") for m in p.pattern.finditer(folded, start + 3, end))
    return min((at for at in verbs if text[at].islower() and not any(a <= at < b for a, b in names)), default=end)


def units_opening(text: str, folded: str) -> list[Mention[UnitRole]]:
    """The units that a duty's sentence begins with as its subject: "Các phòng, ban căn cứ chức năng … triển khai"."""
    start = _after_time(folded)
    charge = first(phrases("units", "charges"), folded[start:])
    if charge:
        start += charge[1].end()
    if not opens_unit(folded[start:].lstrip()):
        return []
    end = _names_end(text, folded, start, len(text))
    if end == len(text) or end - start > 160:
        return []
    return list(_named(text, start, end, Role.IMPLEMENT))


def _after_time(folded: str) -> int:
    """Where a sentence goes on after it opens with a time or a ground: "Trước ngày 15/6 hằng năm, các sở …"."""
    comma = folded.find(", ", 0, 140)
    if comma > 0 and first(phrases("verbs", "openings"), folded[:comma]):
        return comma + 2
    return 0


def units_addressed(text: str, folded: str) -> list[Mention[UnitRole]]:
    """The units that a closing paragraph asks or tells to do something: after "đề nghị", "yêu cầu", "giao"."""
    found: list[Mention[UnitRole]] = []
    addresses = every(phrases("verbs", "addresses"), folded)
    for match in addresses:
        end = _names_end(text, folded, match.end(), len(text))
        end = min([end, *(other.start() for other in addresses if match.end() <= other.start() < end)])
        if opens_unit(folded[match.end() : end].lstrip()):
            end = len(folded[:end].rstrip().removesuffix(" và").rstrip())
            found += _named(text, match.end(), end, Role.IMPLEMENT)
    found.sort(key=lambda m: m.start)
    return found
