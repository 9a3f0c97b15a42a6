"""A StratML file that `kehoach export` wrote -> its record and facts."""

from collections.abc import Iterator
from typing import IO

from lxml import etree

from publish.exchange import stratml as shown
from publish.exchange.carried import Json, whole
from publish.exchange.content import FACTS, Content, NotAsWritten, checked_record, fact
from publish.exchange.notes import note, notes
from publish.exchange.safe_xml import document

_ITEMS = {"target": "targets", "task": "tasks"}


def read_stratml(stream: IO[bytes]) -> Content:
    """The plan in the file. Raises NotAsWritten."""
    root = document(stream)
    plan = note(root, "plan")
    if plan is None:
        raise NotAsWritten("tệp StratML này không có phần của kehoach; chỉ đọc lại được tệp do `kehoach export` ghi")
    plan["document"] = whole(plan.get("document") or {}, shown.head(root))
    objectives = sorted(root.iter(shown.path("Objective")), key=shown.position)
    for kind, name in _ITEMS.items():
        plan[name] = [found for one in objectives if (found := _item(one, kind)) is not None]
    return Content([checked_record(plan)], {table: list(_facts(root, table)) for table in FACTS})


def _item(objective: etree._Element, kind: str) -> Json | None:
    """The target or task that an objective is, None where it is one of the other kind."""
    rest = note(objective, kind)
    if rest is None:
        return None
    if rest.get("due"):
        rest["due"] = whole(rest["due"], shown.due(objective))
    item = whole(rest, shown.item(objective))
    indicators = objective.findall(shown.path("PerformanceIndicator"))
    item["measures"] = [
        whole(found, shown.measure(one)) for one in indicators if (found := note(one, "measure")) is not None
    ]
    if kind == "task":
        item["results"] = [
            found.get("text", shown.result(one)) for one in indicators if (found := note(one, "result")) is not None
        ]
        bodies = objective.findall(shown.path("Stakeholder"))
        item["units"] = [whole(note(body, "unit") or {}, shown.unit(body)) for body in bodies]
    return item


def _facts(root: etree._Element, table: str) -> Iterator[Json]:
    """The facts of a table: shown by the element that they stand in where that is a value reached or a state."""
    read = shown.state if table == "reported_states" else shown.told
    actual = shown.path("ActualResult")
    for element in root.iter(actual, shown.path("PerformanceIndicator")):
        told = read(element) if element.tag == actual else {}
        for rest in notes(element, table):
            yield fact(table, whole(rest, told))
