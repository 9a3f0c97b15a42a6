"""What people decided on a report's values before: links that were entered, and links that were refused.

A value that was linked is not asked about again, with whichever target; one that was refused not with that target.
"""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from publish.progress.proposals.candidates import Plan
from publish.progress.proposals.proposal import Proposal
from publish.progress.proposals.source import source_of
from schemas import Record

_Fact = tuple[str, float, str]  # target, value, day

_SEPARATOR = "\x1f"
_ENTERED = """
    select target_id, value, as_of, report_id, span_start, source from {table}
    where target_id in (select value from json_each(?))
"""
_REFUSED = "select id from refused_links where plan_id in (select value from json_each(?))"
_HAS_REFUSALS = "select 1 from sqlite_master where type = 'table' and name = 'refused_links'"


@dataclass(frozen=True, slots=True)
class Settled:
    """What need not be asked: values by the place of their number, facts by target, value and day, refusals by key."""

    places: frozenset[int] = frozenset()
    reached: frozenset[_Fact] = frozenset()
    bases: frozenset[_Fact] = frozenset()
    refused: frozenset[str] = frozenset()

    def covers(self, report: Record, proposal: Proposal) -> bool:
        """Whether a person decided on this proposal, or on its value."""
        if proposal_key(report, proposal) in self.refused:
            return True
        span, day = proposal.actual.span, proposal.time.as_of
        fact = proposal.target.id, proposal.amount.value, day.isoformat() if day else ""
        if proposal.is_base:
            return fact in self.bases
        return fact in self.reached or (span is not None and span.start in self.places)


def settled(connection: sqlite3.Connection, report: Record, plans: Sequence[Plan]) -> Settled:
    """What was decided on the values of a report, as far as it concerns these plans."""
    targets = json.dumps([target.id for plan in plans for target in plan.targets])
    reached, places = _entered(connection, "actuals", report, targets)
    bases, _ = _entered(connection, "baselines", report, targets)
    own = json.dumps([plan.id for plan in plans])
    asked = connection.execute(_HAS_REFUSALS).fetchone() and connection.execute(_REFUSED, (own,))
    return Settled(places, reached, bases, frozenset(key for (key,) in asked or ()))


def _entered(
    connection: sqlite3.Connection, table: str, report: Record, targets: str
) -> tuple[frozenset[_Fact], frozenset[int]]:
    """What was entered from this report of some targets, and where in its text that stands."""
    sources = {source_of(report, in_database=known) for known in (True, False)}
    facts, places = set(), set()
    for target, value, as_of, report_id, start, source in connection.execute(_ENTERED.format(table=table), (targets,)):
        if report_id == report.id or source in sources:
            facts.add((target, value, as_of))
        if report_id == report.id and start is not None:
            places.add(start)
    return frozenset(facts), frozenset(places)


def proposal_key(report: Record, proposal: Proposal) -> str:
    """The key of a proposal, made from what it says: refusing the same thing twice is refusing it once.

    A newer reading numbers targets and places otherwise, so neither is in it.
    """
    texts = (" ".join(text.split()) for text in (proposal.actual.text, proposal.target.text))
    kind = "base" if proposal.is_base else "reached"
    said = (report.id, proposal.plan.id, kind, *texts, repr(proposal.amount.value), proposal.amount.unit)
    return f"r{hashlib.sha256(_SEPARATOR.join(said).encode()).hexdigest()[:19]}"
