"""A plan as the exchange formats tell of it: its record, the keys of its targets and tasks, and the facts of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from publish.exchange.content import FACTS, OWNERS
from publish.export.source import Row, Source
from publish.pages.language import day, label
from publish.plan_rows import plan_year
from publish.tables import UNMATCHED
from schemas import Record

_PLAN = """
    select plans.slug, plans.issued_date, localities.full_name as place
    from plans left join localities on localities.id = plans.locality_id where plans.id = ?
"""
# Stands where a format must have a day and neither the plan nor anything in it names one.
NO_DAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one target or task in a table: those that stand, by time, and those that others replaced."""

    standing: tuple[Row, ...] = ()
    replaced: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """`place` is the locality's full name; facts are held by table and by the key of the target or task."""

    record: Record
    slug: str
    issued: str | None
    place: str | None
    targets: tuple[str, ...]
    tasks: tuple[str, ...]
    facts: Mapping[tuple[str, str], Facts]

    @property
    def name(self) -> str:
        """The title, else the file's name."""
        return self.record.document.title or self.record.source.filename

    @property
    def about(self) -> str:
        """The document's kind, number, issuer and day, as far as it has them."""
        head = self.record.document
        known = (label(head.kind, "document_kinds"), head.number, head.issuer, day(self.issued))
        return ", ".join(filter(None, known)) or self.name

    @property
    def period(self) -> tuple[date, date]:
        """The plan's first and last day; those of its year, or of what falls due in it, where it names none."""
        period, year = self.record.document.period, plan_year(self.record)
        start = period.start or (date(year, 1, 1) if year else min(self._days(), default=NO_DAY))
        end = period.end or (date(year, 12, 31) if year else max(self._days(), default=start))
        return start, max(start, end)

    def of(self, table: str, key: str) -> Facts:
        """The facts of a target or task."""
        return self.facts.get((table, key), Facts())

    def _days(self) -> Iterator[date]:
        for due in (*(one.due for one in self.record.targets), *(one.deadline for one in self.record.tasks)):
            yield from filter(None, (due.start, due.end) if due else ())


def told(source: Source, key: str) -> Told:
    """What there is to tell of a plan."""
    (stored,) = source.connection.execute("select json from records where plan_id = ?", (key,)).fetchone()
    plan = next(source.rows(_PLAN, key))
    keys = {
        owner: tuple(
            row["id"]
            for row in source.rows(f"select id from {owner} where plan_id = ? order by position", key)  # noqa: S608
        )
        for owner in ("targets", "tasks")
    }
    facts = {
        (table, owner): found
        for table in UNMATCHED.values()
        for owner, found in parted(table, _rows(source, table, key))
    }
    return Told(
        Record.model_validate_json(stored), plan["slug"], plan["issued_date"], plan["place"],
        keys["targets"], keys["tasks"], facts,
    )  # fmt: skip


def plan_facts(source: Source, key: str) -> Iterator[tuple[str, Row]]:
    """The facts of a plan's targets and tasks, each with its table, by their ids."""
    for table in UNMATCHED.values():
        for row in _rows(source, table, key):
            yield table, row


def other_facts(source: Source) -> Iterator[tuple[str, Row]]:
    """What else was entered, each with its table: of targets and tasks that no plan has any more, and refusals."""
    for table in (table for table in FACTS if table not in UNMATCHED.values()):
        for row in source.rows(f"select * from {table} order by id"):  # noqa: S608
            yield table, row


def is_day(text: str | None) -> bool:
    """Whether a fact's day is one of the calendar, or not said.

    >>> is_day("2026-06-30"), is_day("2026-06-31"), is_day(None)
    (True, False, True)
    """
    try:
        return text is None or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def parted(table: str, rows: Iterable[Row]) -> Iterator[tuple[str, Facts]]:
    """The facts of each target or task, with its key."""
    by_owner: dict[str, list[Row]] = {}
    for row in rows:
        by_owner.setdefault(row[OWNERS[table]], []).append(row)
    for owner, found in by_owner.items():
        gone = {row["supersedes"] for row in found}
        found.sort(key=lambda row: (row["as_of"] or "", row["recorded_at"] or "", row["id"]))
        yield (
            owner,
            Facts(
                tuple(row for row in found if row["id"] not in gone), tuple(row for row in found if row["id"] in gone)
            ),
        )


def _rows(source: Source, table: str, key: str) -> Iterator[Row]:
    owner = OWNERS[table]
    return source.rows(
        f"select * from {table} where {owner} in (select id from {owner.removesuffix('_id')}s where plan_id = ?)"  # noqa: S608
        " order by id",
        key,
    )
