"""What was reported on the sample plans: the sheets of corpus/actuals, values read in a report, and an entry that means harm."""

import sqlite3
from contextlib import closing
from pathlib import Path

from publish.progress.facts import ActualValue, Fact, Place, TaskState
from publish.progress.importing import import_sheet
from publish.progress.store import Recorded, store

SHEETS = Path(__file__).parents[1] / "corpus" / "actuals"
LATEST = "2026-09-30"  # that any entry tells of
REPORT, PLAN = "baocao-03-xa-chuyen-doi-so-6-thang.txt", "mau-17-chuyen-doi-so-xa.txt"
# Targets of the plan by their number, and the value in the report that a person accepted for each.
ACCEPTED = {8: "4/6 sản phẩm OCOP", 5: "93,2%"}
HARM = '<script>window.hurt=6</script>"><img src=x onerror="window.hurt=7">'


def tell(db: Path) -> None:
    """Enter all of it."""
    for sheet in sorted(SHEETS.glob("*.csv")):
        done = import_sheet(db, sheet, Recorded("2026-10-05T08:30:00", "Nguyễn Thị Hạnh"))
        assert not done.faults, (sheet.name, [str(fault) for fault in done.faults])
    store(db, _from_report(db), Recorded("2026-10-06T09:00:00", "Trần Văn Bình"))


def tell_harm(db: Path, plan_id: str) -> None:
    """Enter of a plan's targets and tasks what tries to be markup."""
    with closing(sqlite3.connect(db)) as connection:
        targets = connection.execute("select id from targets where plan_id = ?", (plan_id,)).fetchall()
        tasks = connection.execute("select id from tasks where plan_id = ?", (plan_id,)).fetchall()
    facts: list[Fact] = [ActualValue(key, 41.5, HARM, None, None, LATEST, None, None, HARM, HARM) for (key,) in targets]
    facts += [TaskState(key, "doing_late", LATEST, None, None, HARM, HARM) for (key,) in tasks]
    store(db, facts, Recorded("2026-10-05T08:00:00", HARM))


def _from_report(db: Path) -> list[Fact]:
    with closing(sqlite3.connect(db)) as connection:
        found = [
            (
                connection.execute(_TARGET, (PLAN, number)).fetchone()[0],
                connection.execute(_SAID, (REPORT, said)).fetchone(),
            )
            for number, said in ACCEPTED.items()
        ]
    return [
        ActualValue(
            key, value, unit, value, None, "2026-06-30", None, None, None, None, Place(report, start, end, page)
        )
        for key, (report, value, unit, start, end, page) in found
    ]


_TARGET = """
    select targets.id from targets join plans on plans.id = targets.plan_id
    where plans.filename = ? and targets.position = ?
"""
_SAID = """
    select plans.id, value, unit, span_start, span_end, report_actuals.page
    from report_actuals join plans on plans.id = report_actuals.plan_id
    where plans.filename = ? and substr(plans.text, span_start + 1, span_end - span_start) = ?
    order by position limit 1
"""
