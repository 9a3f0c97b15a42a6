"""How a fact that was read in a report names it."""

from schemas import Record


def source_of(report: Record, *, in_database: bool) -> str:
    """The report's number and day; its file and checksum besides where the database has no record to open.

    The checksum's first letters tell files apart that share a name.
    """
    head = report.document
    day = head.issued
    said = ["Báo cáo", f"số {head.number}" if head.number else f"“{head.title or report.source.filename}”"]
    if day.day and day.month and day.year:
        said.append(f"ngày {day.day:02}/{day.month:02}/{day.year}")
    named = " ".join(said)
    return named if in_database else f"{named} (tệp {report.source.filename}, sha256 {report.source.sha256})"
