"""Tasks -> an iCalendar (RFC 5545) that Outlook, Google Calendar and phones subscribe to.

Every event is a whole day. A deadline is an event on its last day, whatever its kind: `by`, a month, a quarter, a
period, a year; from when to when it runs is in its description. A period of at most a week is on all its days: it is an
event and not a deadline. A recurring duty is one event with its rule, as `publish.pages.occurrences` settles it, until
the last day of its plan's time. What is ongoing, and what has no day, is no event.

An event keeps its UID as long as the task keeps its key: the same file and extractor give the same calendar. RFC 5545
demands DTSTAMP, when the event was made known: here the day on which the plan was issued, so that nothing depends on
when the feed is asked for.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from publish.cells import address_words
from publish.pages.calendar import Asked, narrowing
from publish.pages.ics import basic, day_line, line, text_line
from publish.pages.language import current, label, translated
from publish.pages.language import day as written_day
from publish.pages.narrowing import Narrowing, Source, source
from publish.pages.occurrences import LONGEST, Settled, settled
from publish.pages.page import rows
from publish.pages.recurrence import in_words
from publish.pages.task_lists import tasks_by_key

MOST = 200  # tasks: calendar programs refuse large feeds, and what is wider is nobody's own calendar
_LOOKED_AT = 5000  # due days, the latest of all
_BUSY = 5000  # tasks of a unit; of one with more, those of the newest plans are looked at
_SUMMARY, _DESCRIPTION = 100, 400  # letters
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_UNDATED = date(2000, 1, 1)  # DTSTAMP of a plan that bears no year

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Feed:
    """The tasks of a feed, those with the latest days first; `more` says that there were more than `MOST`.

    `newest` says that only the newest plans were looked at.
    """

    tasks: list[dict[str, Any]]
    more: bool
    newest: bool = False


def feed(connection: sqlite3.Connection, to: Narrowing) -> Feed:
    """The tasks that fall due on some day, narrowed."""
    busy = bool(to.units.one and not to.by_place and (to.units.one["tasks_count"] or 0) > _BUSY)
    of = _of_busy(to) if busy else source(to, "task_days")
    found = rows(
        connection,
        f"""
        select task_id, max(day) as last
        from (select x.task_id, x.day {of.sql} order by x.day desc limit {_LOOKED_AT})
        group by task_id order by last desc, task_id limit {MOST + 1}
        """,  # noqa: S608 (of our own making; what is typed fills places)
        **of.values,
    )
    keys = [one["task_id"] for one in found[:MOST]]
    tasks = tasks_by_key(connection, keys)
    return Feed([tasks[key] for key in keys], len(found) > MOST, busy)


def _of_busy(to: Narrowing) -> Source:
    """The due days of a unit that has very many tasks: of its newest ones."""
    in_role = "and role = :role" if to.role else ""
    newest = f"select task_id from task_units where unit_id = :unit {in_role} order by year desc limit {_BUSY}"  # noqa: S608
    sql = f"from (select distinct task_id from ({newest})) as u cross join task_days as x where x.task_id = u.task_id"  # noqa: S608
    return Source(sql, {"unit": to.units.keys[0], "role": to.role})


def as_icalendar(found: Feed, name: str, link: Callable[[str], str]) -> bytes:
    """The feed under a name; `link` gives the absolute address of a task by its key."""
    return b"".join(
        (
            line("BEGIN:VCALENDAR"),
            line("VERSION:2.0"),
            line("PRODID:-//kehoach//Lịch nhiệm vụ//VI"),
            line("CALSCALE:GREGORIAN"),
            line("METHOD:PUBLISH"),
            text_line("X-WR-CALNAME", name),
            text_line("X-WR-CALDESC", _about(found)),
            line("X-WR-TIMEZONE:Asia/Ho_Chi_Minh"),
            line("REFRESH-INTERVAL;VALUE=DURATION:P1D"),
            line("X-PUBLISHED-TTL:P1D"),
            *(event for task in found.tasks for event in events(task, link(str(task["id"])))),
            line("END:VCALENDAR"),
        )
    )


def events(task: Row, url: str) -> Iterator[bytes]:
    """The events of a task: one, or one a rule; of a rule that says nothing new none."""
    if task["deadline_kind"] != "recurring":
        start, end = _days(task)
        yield _event(task, url, str(task["id"]), day_line("DTSTART", start) + day_line("DTEND", end + _DAY))
        return
    first = date.fromisoformat(task["active_from"])
    last = min(date.fromisoformat(task["active_to"]), first + LONGEST)
    told: set[date] = set()
    for at, rule in enumerate(settled(task["deadline_rrule"], first), 1):
        days = rule.days(first, last)
        if set(days) <= told or "DAILY" in rule.rule:
            continue
        told.update(days)
        yield _event(task, url, f"{task['id']}-{at}", _recurring(rule, days, last))


def _days(task: Row) -> tuple[date, date]:
    """The first and the last day of an event that comes once."""
    end = date.fromisoformat(task["active_to"])
    start = date.fromisoformat(task["active_from"] or task["active_to"])
    return (start if task["deadline_kind"] == "period" and end - _WEEK < start <= end else end), end


def _recurring(rule: Settled, days: list[date], last: date) -> bytes:
    """When an event comes back; days that its rule leaves out, such as the end of February, are named one by one."""
    by_rule = rule.days(days[0], days[-1], in_short_months=False) if rule.leaves_out_months else days
    start = by_rule[0] if by_rule else days[0]
    others = sorted(set(days) - set(by_rule))
    return b"".join(
        (
            day_line("DTSTART", start),
            day_line("DTEND", start + _DAY),
            line(f"RRULE:{rule.rule};UNTIL={basic(last)}"),
            day_line("RDATE", *others) if others else b"",
        )
    )


def _event(task: Row, url: str, key: str, when: bytes) -> bytes:
    categories = [one for one in (label(task["deadline_kind"], "deadline_kinds"), task["locality"]) if one]
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            line(f"UID:{key}@kehoach"),
            line(f"DTSTAMP:{basic(_issued(task))}T000000Z"),
            when,
            text_line("SUMMARY", _cut(task["text"], _SUMMARY)),
            text_line("DESCRIPTION", _description(task)),
            line(f"URL:{url}"),
            text_line("CATEGORIES", *categories),
            b"TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
        )
    )


def _issued(task: Row) -> date:
    if task["plan_issued"]:
        return date.fromisoformat(task["plan_issued"])
    return date(task["plan_year"], 1, 1) if task["plan_year"] else _UNDATED


def _cut(text: str, longest: int) -> str:
    """The text on one line, cut between words.

    >>> _cut("Tổ chức  tập huấn kỹ năng số", 16)
    'Tổ chức tập…'
    """
    whole = " ".join(text.split())
    return whole if len(whole) <= longest else f"{whole[: longest - 1].rpartition(' ')[0] or whole[: longest - 1]}…"


def _description(task: Row) -> str:
    """The whole task, who does it by when, and the plan."""
    units = [
        f"{label(role, 'roles')}: {'; '.join(names)}"
        for role in ("lead", "coordinate", "implement")
        if (names := [unit["name"] for unit in task["units"] if unit["role"] == role])
    ]
    plan = ", ".join(
        one for one in (task["plan_title"] or task["filename"], task["plan_number"], task["issuer"]) if one
    )
    parts = [_cut(task["text"], _DESCRIPTION), *units, _deadline(task), plan, task["locality"]]
    return "\n".join(part for part in parts if part)


def _deadline(task: Row) -> str:
    """The deadline as printed and as read."""
    printed, name = task["deadline_text"] or "", translated("Thời hạn")
    if task["deadline_kind"] == "recurring":
        read = _said(task["deadline_rrule"], current())
    else:
        read = " – ".join(written_day(one) for one in (task["active_from"], task["active_to"]) if one)
    return f"{name}: {printed} ({read})" if printed else f"{name}: {read}"


@lru_cache(maxsize=1024)
def _said(rrule: str, _language: str) -> str:
    return in_words(rrule)


def _about(found: Feed) -> str:
    said = translated("Đọc tự động từ kế hoạch đã ban hành; khi dùng vào việc chính thức, hãy đối chiếu với văn bản.")
    if not found.more:
        return said
    only = translated("Chỉ gồm %(most)s việc có thời hạn muộn nhất.")
    if found.newest:
        only = translated("Chỉ gồm %(most)s việc có thời hạn muộn nhất của các kế hoạch mới nhất.")
    return f"{said} {only % {'most': MOST}}"


def found_by_key(connection: sqlite3.Connection, given: Asked) -> Narrowing | None:
    """What an address names by the key of a unit or a locality; None where there is no such."""
    to = narrowing(connection, given)
    named = to.units if given.unit else to.localities
    return to if named.one and named.one["id"] in {given.unit, given.locality} else None


def feed_name(to: Narrowing) -> str:
    """What calendar programs call the feed."""
    one = [meant.one["name"] if meant.one else meant.typed for meant in (to.units, to.localities)]
    return " – ".join(str(part) for part in (*one, to.province) if part) or translated("Lịch nhiệm vụ")


def file_name(to: Narrowing) -> str:
    """The name of the file without its ending, in ASCII."""
    return address_words(f"lich {feed_name(to)}")
