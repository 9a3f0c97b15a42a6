"""Counts by value beside a table's rows, where they are soon made; of whole tables they are kept until these change.

A table names the columns that it is counted by. Whoever goes on to its next page has seen the counts; of a filtered
table with very many rows they would take long, and are left to who asks for them (`_facet=column`).
"""

from collections.abc import Sequence
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.facets import ArrayFacet, ColumnFacet, DateFacet, Facet
from datasette.plugins import pm

_DATASETTES_OWN = "datasette.facets"
_MOST = 20_000  # rows of a filtered table that are counted unasked


class SoonCounted(ColumnFacet):  # type: ignore[misc]
    """Datasette's own, without what would keep the reader waiting."""

    def get_configs(self) -> list[dict[str, Any]]:
        """What to count by."""
        return [one for one in super().get_configs() if one["source"] != "metadata" or self._soon]

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """The counts, and the columns that were not counted."""
        found, late = await super().facet_results()
        return found, [*late, *self._left_out()]

    @property
    def _further_on(self) -> bool:
        return "_next" in self.request.args

    @property
    def _soon(self) -> bool:
        few = self.row_count is not None and self.row_count <= _MOST
        return not self._further_on and (few or not self.params)

    def _left_out(self) -> Sequence[str]:
        if self._soon or self._further_on:
            return []
        asked = {one["config"]["simple"] for one in self.get_configs() if "simple" in one["config"]}
        named = (one["config"].get("simple") for one in super().get_configs() if one["source"] == "metadata")
        return [name for name in named if name and name not in asked]


@hookimpl
def startup(datasette: Datasette) -> None:  # noqa: ARG001  (the hook's arguments)
    """Take Datasette's own classes out."""
    if pm.has_plugin(_DATASETTES_OWN):
        pm.unregister(name=_DATASETTES_OWN)


@hookimpl
def register_facet_classes() -> list[type[Facet]]:
    """By value, by items of JSON lists, by date."""
    return [SoonCounted, ArrayFacet, DateFacet]
