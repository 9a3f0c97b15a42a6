"""Lines of an iCalendar (RFC 5545, 3.1 and 3.3), written in microseconds.

The library `icalendar` reads what this writes in the tests; its own writing takes half a millisecond an event, so that
a feed of some hundred would hold up every other reader.
"""

from datetime import date

_LONGEST = 75  # octets of a line
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def text_line(name: str, *texts: str) -> bytes:
    r"""A property of one or more texts.

    >>> text_line("CATEGORIES", "Định kỳ", "Xã A, B").decode()
    'CATEGORIES:Định kỳ,Xã A\\, B\r\n'
    """
    return line(f"{name}:{','.join(text.translate(_ESCAPED) for text in texts)}")


def day_line(name: str, *days: date) -> bytes:
    r"""A property of one or more whole days.

    >>> day_line("DTSTART", date(2026, 5, 14))
    b'DTSTART;VALUE=DATE:20260514\r\n'
    """
    return line(f"{name};VALUE=DATE:{','.join(basic(day) for day in days)}")


def basic(day: date) -> str:
    """A day as iCalendar writes it.

    >>> basic(date(2026, 5, 4))
    '20260504'
    """
    return f"{day.year:04}{day.month:02}{day.day:02}"


def line(content: str) -> bytes:
    """A line folded where it is too long, between letters and not within one."""
    octets = content.encode()
    if len(octets) <= _LONGEST:
        return octets + b"\r\n"
    parts, at = [], 0
    while at < len(octets):
        end = min(at + _LONGEST - bool(at), len(octets))  # the blank before each further part is an octet too
        while end < len(octets) and octets[end] & 0xC0 == 0x80:  # within a letter
            end -= 1
        parts.append(octets[at:end])
        at = end
    return b"\r\n ".join(parts) + b"\r\n"
