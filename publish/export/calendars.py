"""Calendars (iCalendar): a file a unit and a file a locality, the same as the site's feeds."""

from collections.abc import Iterator

from publish.cells import address_words
from publish.export.files import File
from publish.export.source import Source
from publish.pages.calendar import Asked, narrowing
from publish.pages.feeds import as_icalendar, feed, feed_name

_UNITS = "select id from units order by id"
_LOCALITIES = "select id from localities order by id"


def calendars(source: Source) -> Iterator[File]:
    """`don-vi/<name>.ics` and `dia-phuong/<name>.ics`, of those that have tasks with a day or a rule."""
    names: set[str] = set()
    for row in source.rows(_UNITS):
        yield from _calendar(source, "don-vi", Asked(unit=row["id"]), names)
    for row in source.rows(_LOCALITIES):
        yield from _calendar(source, "dia-phuong", Asked(locality=row["id"]), names)


def _calendar(source: Source, folder: str, asked: Asked, names: set[str]) -> Iterator[File]:
    to = narrowing(source.connection, asked)
    found = feed(source.connection, to)
    if found.tasks:
        name = _free(f"{folder}/{address_words(feed_name(to)) or 'lich'}", names)
        yield File(f"{name}.ics", [as_icalendar(found, feed_name(to), lambda key: _address(source, key))])


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where another file has it: "công an" and "cổng an" are one without accents."""
    at, free = 1, name
    while free in taken:
        at += 1
        free = f"{name}-{at}"
    taken.add(free)
    return free


def _address(source: Source, key: str) -> str:
    to = source.to
    return to.task(key) if to else f"urn:kehoach:{key}"
