"""The reports of a database, or report files that are not in it -> proposals for their values."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from extract.errors import KehoachError, UnreadableFile
from publish.inputs import Failure, Input
from publish.pages.wording import names_of
from publish.progress.proposals.candidates import Plan, plans_for
from publish.progress.proposals.matching import proposals
from publish.progress.proposals.proposal import Proposal
from publish.progress.proposals.settled import Settled, settled
from publish.progress.proposals.wording import Wording, rarity
from publish.reading import read_all
from publish.search import folded
from schemas import Record

_REPORTS = """
    select plans.id, plans.number, plans.slug, plans.filename, localities.id, localities.full_name
    from plans left join localities on localities.id = plans.locality_id
    where plans.kind = 'BC' order by plans.issued_date, plans.id
"""


class NoReport(KehoachError):
    """There is no report as it was asked for; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A report with what is proposed for its values, of all targets of `plans`.

    `decided` counts the values left out since a person decided on them.
    """

    report: Record
    proposals: tuple[Proposal, ...]
    plans: tuple[Plan, ...] = ()
    decided: int = 0
    is_known: bool = True


def proposed(
    db: Path, *, report: str | None = None, locality: str | None = None, again: bool = False
) -> Iterator[Proposed]:
    """Proposals for one report, for those of a place, or for all.

    A report is a file, or the number, id, address or file name of one in the database. Values that a person decided on
    are asked for only `again`.

    Raises NoReport or UnreadableFile.
    """
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        for record in _records(connection, report, locality):
            yield proposed_for(connection, record, again=again)


def proposed_for(connection: sqlite3.Connection, report: Record, *, again: bool = False) -> Proposed:
    """Proposals for the values of one report."""
    plans = plans_for(connection, report)
    decided = Settled() if again else settled(connection, report, plans)
    found = proposals(report, plans, wording_for(connection, report, plans))
    asked = tuple(one for one in found if not decided.covers(report, one))
    left_out = {one.actual.id for one in found} - {one.actual.id for one in asked}
    known = connection.execute("select 1 from plans where id = ?", (report.id,)).fetchone() is not None
    return Proposed(report, asked, tuple(plans), len(left_out), known)


def wording_for(connection: sqlite3.Connection, report: Record, plans: Sequence[Plan]) -> Wording:
    """How texts of the report and of the plans are compared."""
    texts = [target.text for plan in plans for target in plan.targets]
    texts += [text for actual in report.actuals for text in (actual.subject, actual.text)]
    texts += [plan.title for plan in plans]
    return Wording(rarity(connection, texts), names_of(report.document.locality.model_dump()))


def _records(connection: sqlite3.Connection, report: str | None, locality: str | None) -> Iterator[Record]:
    if report is not None and Path(report).is_file():
        yield _read(Path(report))
        return
    place = folded(locality)
    keys = [
        key
        for key, number, slug, filename, place_key, name in connection.execute(_REPORTS)
        if report in {None, key, number, slug, filename, f"{slug}-{key}"}
        and (not place or locality == place_key or place in folded(name))
    ]
    for key in keys:
        (stored,) = connection.execute("select json from records where plan_id = ?", (key,)).fetchone()
        yield Record.model_validate_json(stored)
    if not keys:
        said = report or locality
        raise NoReport(
            f"{said}: không có báo cáo nào như vậy trong cơ sở dữ liệu, cũng không có tệp này"
            if said
            else "cơ sở dữ liệu không có báo cáo nào; hãy chỉ tệp báo cáo bằng --report"
        )


def _read(path: Path) -> Record:
    """The record of a report file, read as `kehoach build` reads it."""
    for outcome in read_all([Input(path, path.name)]):
        if isinstance(outcome, Failure):
            raise UnreadableFile(path, outcome.reason)
        if not outcome.record.actuals:
            raise UnreadableFile(path, "không thấy số liệu thực hiện nào; đây có phải là báo cáo không?")
        return outcome.record
    raise UnreadableFile(path, "không đọc được")
