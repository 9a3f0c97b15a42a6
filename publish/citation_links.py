"""Citations -> the plans here that they name, by number, date and issuer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from extract.text import unaccented
from publish.tables import Row, Rows


def link_citations(found: Rows) -> None:
    """Set `cited_plan_id` of each citation that names just one of the plans.

    Numbers start anew each year with each issuer, so one alone is no proof: the date must agree, or, where the
    citation or the plan gives none, the issuer. A plan does not cite itself.
    """
    by_number: dict[str, list[Row]] = defaultdict(list)
    for plan in found["plans"]:
        if plan["number"]:
            by_number[_plain(plan["number"])].append(plan)
    for citation in found["legal_bases"]:
        named = by_number.get(_plain(citation["number"]), []) if citation["number"] else []
        meant = [plan for plan in named if plan["id"] != citation["plan_id"] and _agree(citation, plan)]
        citation["cited_plan_id"] = meant[0]["id"] if len(meant) == 1 else None


def cites(citation: Mapping[str, object], plan: Mapping[str, object]) -> bool:
    """Whether a citation's number, and its date or issuer, are a plan's."""
    numbers = citation["number"], plan["number"]
    return all(numbers) and _plain(numbers[0]) == _plain(numbers[1]) and _agree(citation, plan)


def _agree(citation: Mapping[str, object], plan: Mapping[str, object]) -> bool:
    if citation["date"] and plan["issued_date"]:
        return citation["date"] == plan["issued_date"]
    return _names_agree(_name(citation["issuer"]), _name(plan["issuer"]))


def _names_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether every word of the shorter name is in the longer one; "UBND tỉnh" says too little to be sure."""
    short, long = sorted((one, other), key=len)
    return len(short) > 2 and set(short) <= set(long)


def _name(issuer: object) -> list[str]:
    return unaccented(str(issuer or "")).replace("uy ban nhan dan", "ubnd").split()


def _plain(number: object) -> str:
    return "".join(unaccented(str(number)).split()).lstrip("0")
