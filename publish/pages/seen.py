"""A plan's file and the marks of its record -> the pages they lie on; or, in words, why there is nothing to see."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette

from publish.marks import Mark
from publish.pages.evidence import Document
from publish.pages.language import later, translated
from publish.pages.originals import NoOriginal, originals_of
from publish.pages.passages import View, pages, views
from publish.pages.pictures import PICTURES, Original

_MOST = 8  # pages shown of one record
_NOWHERE = later("Bản ghi không nói các chữ này ở trang nào.")


@dataclass(frozen=True, slots=True)
class Seen:
    """The pages with their boxes; `trouble` says why there are none though the file has pages ("" for a text)."""

    views: tuple[View, ...] = ()
    trouble: str = ""


async def original_of(datasette: Datasette, plan: Mapping[str, Any], path: str | None) -> Original:
    """The file of a plan, from a row with `filename`, `sha256` and `media_type`. Raises NoOriginal."""
    find = originals_of(datasette).find
    found = await asyncio.to_thread(find, path, plan["filename"], plan["sha256"])
    return Original(found, plan["sha256"], plan["media_type"])


async def seen(
    datasette: Datasette, document: Document, main: Sequence[Mark], others: Sequence[Mark] = (), page: int | None = None
) -> Seen:
    """The pages of the main marks, then those that only others lie on; or the one `page` that is asked for."""
    if not document.plan["pages"]:
        return Seen()
    numbers = pages([*main, *others])[:_MOST] if page is None else [page]
    if not numbers:
        return Seen(trouble=translated(_NOWHERE))
    try:
        original = await original_of(datasette, document.plan, document.path)
        sheets = [
            (sheet, await PICTURES.letters(original, sheet.number))
            for sheet in await PICTURES.sheets(original, numbers)
        ]
    except NoOriginal as error:
        return Seen(trouble=translated(str(error)))
    return Seen(tuple(views(sheets, document, main, others)))
