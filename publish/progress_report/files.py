"""A plan -> its report -> the bytes of a file; the same data give the same bytes."""

import io
import sqlite3
from zipfile import ZipFile

from extract.errors import KehoachError
from publish.export.archive import member
from publish.pages.plan import known_key
from publish.progress_report.content import Report
from publish.progress_report.facts import plan_facts
from publish.progress_report.period import Period
from publish.progress_report.report import progress_report

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}


class NoOnePlan(KehoachError):
    """No plan, or more than one, is meant; the message says what to do."""


def plan_meant(connection: sqlite3.Connection, given: str) -> str:
    """The key of the plan that is meant by key, address or number; raises NoOnePlan."""
    if key := known_key(connection, given):
        return key
    found = connection.execute(
        "select id, coalesce(issuer, title) from plans where number = ? order by id limit 20", (given,)
    ).fetchall()
    if not found:
        raise NoOnePlan(f"{given}: không có kế hoạch nào mang mã hoặc số này; xem danh sách ở trang /ke-hoach")
    if len(found) > 1:
        choices = "; ".join(f"{key} ({issuer})" for key, issuer in found)
        raise NoOnePlan(f"{given}: nhiều kế hoạch mang số này; hãy chọn bằng mã: {choices}")
    return str(found[0][0])


def report_of(connection: sqlite3.Connection, key: str, period: Period) -> Report:
    """The report of a plan, by its key; raises NoOnePlan where there is none."""
    facts = plan_facts(connection, key, period)
    if facts is None:
        raise NoOnePlan(f"{key}: không có kế hoạch nào mang mã này")
    return progress_report(facts, period)


def file_of(report: Report, form: str) -> bytes:
    """The report as "docx" or "xlsx"."""
    if form == "docx":
        from publish.progress_report.word import document  # noqa: PLC0415  (each of them is slow to import)

        return packed(document(report))
    from publish.progress_report.workbook import workbook  # noqa: PLC0415

    return packed(workbook(report))


def packed(archive: bytes) -> bytes:
    """A ZIP with its members as they stood, without times.

    >>> out = io.BytesIO()
    >>> with ZipFile(out, "w") as made:
    ...     made.writestr("a.xml", "<a/>")
    >>> packed(out.getvalue()) == packed(packed(out.getvalue()))
    True
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as given, ZipFile(out, "w") as made:
        for name in given.namelist():
            made.writestr(member(name), given.read(name))
    return out.getvalue()
