"""`event("read", file=path)` -> a record of the standard library's logging; dropped where nothing was set up."""

import logging
from traceback import extract_tb

LOGGER = logging.getLogger("kehoach")
LOGGER.addHandler(logging.NullHandler())  # else what is logged would be printed where no log is wanted

Field = object


def event(name: str, level: int = logging.INFO, **fields: Field) -> None:
    """Something that happened; fields that are None are left out."""
    if LOGGER.isEnabledFor(level):
        LOGGER.log(level, name, extra={"fields": {key: one for key, one in fields.items() if one is not None}})


def fault(error: BaseException) -> dict[str, Field]:
    """The fields that tell of an error: its type and where it was raised. Its message may quote a document."""
    frames = extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    }
