"""Citations -> the plans here that they name, by number, date and issuer."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from extract.text import unaccented
from publish.shared_rows import number_key

_NAMED = """
    select
        citation.id, citation.cited_plan_id, citation.number, citation.date, citation.issuer,
        plans.id as plan, plans.number as its_number, plans.issued_date, plans.issuer as its_issuer
    from temp.numbers
    cross join legal_bases as citation on citation.number_key = numbers.id
    left join plans on plans.number_key = citation.number_key and plans.id <> citation.plan_id
    where plans.id is not null or citation.cited_plan_id is not null
    order by citation.id
"""


def link_citations(connection: sqlite3.Connection) -> None:
    """Set `cited_plan_id` of each citation that names just one plan; of those whose number is in temp.numbers.

    Numbers start anew each year with each issuer, so one alone is no proof: the date must agree, or, where the
    citation or the plan gives none, the issuer. A plan does not cite itself.
    """
    connection.execute("create temp table named (citation text, plan text)")
    connection.executemany("insert into temp.named values (?, ?)", _changed(connection.execute(_NAMED)))
    connection.execute("update legal_bases set cited_plan_id = plan from temp.named where citation = legal_bases.id")
    connection.execute("drop table temp.named")


def _changed(found: Iterable[Sequence[str | None]]) -> Iterator[tuple[str | None, str | None]]:
    """The citations that name another plan than was known, with that plan."""
    for (key, before), rows in groupby(found, key=itemgetter(0, 1)):
        meant = [plan for plan in map(_meant, rows) if plan]
        now = meant[0] if len(meant) == 1 else None
        if now != before:
            yield key, now


def _meant(found: Sequence[str | None]) -> str | None:
    """The plan of the row, if the citation names it."""
    _, _, number, day, issuer, plan, its_number, issued, its_issuer = found
    citation = {"number": number, "date": day, "issuer": issuer}
    other = {"number": its_number, "issued_date": issued, "issuer": its_issuer}
    return plan if cites(citation, other) else None


def cites(citation: Mapping[str, object], plan: Mapping[str, object]) -> bool:
    """Whether a citation's number, and its date or issuer, are a plan's."""
    numbers = citation["number"], plan["number"]
    return all(numbers) and number_key(str(numbers[0])) == number_key(str(numbers[1])) and _agree(citation, plan)


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
