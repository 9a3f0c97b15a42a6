"""An IATI file that `kehoach export` wrote -> its records and facts."""

from collections.abc import Iterable, Iterator
from typing import IO

from lxml import etree

from publish.exchange import iati as shown
from publish.exchange.carried import Json, whole
from publish.exchange.content import FACTS, Content, NotAsWritten, checked_record, fact
from publish.exchange.own import NAMESPACE, own, own_all, own_text, parsed
from publish.exchange.safe_xml import elements

ROOT = "iati-activities"


def read_iati(stream: IO[bytes]) -> Content:
    """Everything in the file, read activity by activity. Raises NotAsWritten."""
    content = Content()
    plan: Json | None = None
    for element in elements(stream, "iati-activity", *(f"{{{NAMESPACE}}}{name}" for name in FACTS)):
        rest = own(element, "plan")
        if element.tag != "iati-activity":  # a fact whose target or task no plan has
            table = etree.QName(element).localname
            content.facts[table].append(fact(table, parsed(element.text or "")))
        elif rest is not None:
            content.records += _finished(plan)
            plan = _plan(element, rest, content)
        else:
            _add_task(element, plan, content)
    content.records += _finished(plan)
    return content


def _finished(plan: Json | None) -> Iterator:  # type: ignore[type-arg]
    if plan is not None:
        yield checked_record(plan)


def _plan(activity: etree._Element, rest: Json, content: Content) -> Json:
    """The plan with its targets; its tasks are in the activities that follow."""
    text = own_text(activity, "text")
    plan = rest if text is None else {"text": text, **rest}
    plan["document"] = whole(plan.get("document") or {}, shown.head(activity))
    plan["targets"] = [_target(result, content) for result in activity.findall("result")]
    plan["tasks"] = []
    return plan


def _target(result: etree._Element, content: Content) -> Json:
    rest = own(result, "target")
    indicators = result.findall("indicator")
    if rest is None or not indicators:
        raise NotAsWritten(f"kết quả “{result.findtext('title/narrative')}” thiếu phần của kehoach")
    if rest.get("due"):
        rest["due"] = whole(rest["due"], shown.due(indicators[0]))
    for element in indicators[0].iter("baseline", "actual", "indicator"):
        _add_facts(element, content)
    return whole(rest, shown.target(result)) | {"measures": _measures(indicators)}


def _measures(indicators: Iterable[etree._Element]) -> list[Json]:
    found = ((indicator, level) for indicator in indicators for level in indicator.findall("period/target"))
    return [whole(own(level, "measure") or {}, shown.measure(indicator)) for indicator, level in found]


def _add_task(activity: etree._Element, plan: Json | None, content: Content) -> None:
    rest = own(activity, "task")
    if rest is None or plan is None:
        name = activity.findtext("iati-identifier")
        raise NotAsWritten(f"hoạt động {name} không có phần của kehoach; chỉ đọc lại được tệp do `kehoach export` ghi")
    if rest.get("deadline"):
        rest["deadline"] = whole(rest["deadline"], shown.dates(activity))
    task = whole(rest, shown.task(activity))
    task["units"] = [
        whole(rest, shown.unit(body))
        for body in activity.findall("participating-org")
        if (rest := own(body, "unit")) is not None
    ]
    task["measures"] = _measures(activity.findall("result/indicator"))
    plan["tasks"].append(task)
    _add_facts(activity, content)


def _add_facts(element: etree._Element, content: Content) -> None:
    """The facts right in an element; what it shows of them, if it is a base or a value reached, stands in it."""
    told = shown.told(element) if element.tag in {"baseline", "actual"} else {}
    for table in FACTS:
        content.facts[table] += [fact(table, whole(row, told)) for row in own_all(element, table)]
