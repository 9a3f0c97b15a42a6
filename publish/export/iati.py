"""Plans as IATI 2.03: a plan is an activity, each of its tasks an activity below it, each target a result of the plan.

Activities are made and given one by one. What IATI has no place for stands in elements of our own (docs/exchange.md).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from publish.cells import address_words
from publish.exchange import iati as shown
from publish.exchange.carried import held, rest_of, shown_text, without
from publish.exchange.own import NAMESPACE, PREFIX, add_own, add_own_text
from publish.export.files import gathered
from publish.export.iati_results import add, narrated, output_result, plan_link, target_result
from publish.export.source import Source
from publish.export.told import Told, other_facts, told
from schemas import IssuerLevel, Task, TaskState

# Codes of IATI: OrganisationType, ActivityStatus, OrganisationRole, Sector (DAC: administrative management).
_GOVERNMENT, _LOCAL_GOVERNMENT, _OTHER_PUBLIC = "10", "11", "15"
_TYPES = {IssuerLevel.CENTRAL: _GOVERNMENT, IssuerLevel.OTHER: _OTHER_PUBLIC}
_PIPELINE, _IMPLEMENTATION = "1", "2"
_STATUSES = {
    TaskState.DONE_IN_TIME: "4",
    TaskState.DONE_LATE: "4",
    TaskState.DOING_IN_TIME: _IMPLEMENTATION,
    TaskState.DOING_LATE: _IMPLEMENTATION,
    TaskState.NOT_STARTED: _PIPELINE,
    TaskState.DROPPED: "5",
}
_ACCOUNTABLE: Final = "2"
_DAC_5, _ADMINISTRATION = "1", "15110"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="{shown.VERSION}" xmlns:kehoach="{NAMESPACE}">\n'
)


def iati(source: Source) -> Iterator[bytes]:
    """The bytes of the file."""
    return gathered(_parts(source))


def _parts(source: Source) -> Iterator[bytes]:
    yield _HEAD.encode()
    for key in source.plans():
        plan = told(source, key)
        for activity in (plan_activity(source, plan), *task_activities(plan)):
            yield etree.tostring(activity, encoding="utf-8") + b"\n"
    for table, row in other_facts(source):
        outer = etree.Element("outer")
        add_own(outer, table, rest_of(row, {}))
        yield etree.tostring(outer[0], encoding="utf-8") + b"\n"
    yield b"</iati-activities>\n"


def plan_activity(source: Source, plan: Told) -> etree._Element:
    """The activity of the plan itself."""
    head = plan.record.document
    activity = _begun(plan, _identifier(plan), plan.name, "1")
    narrated(activity, "description", plan.about, type="1")
    _organisation(activity, plan)
    if head.number:
        add(activity, "other-identifier", ref=shown_text(head.number), type=shown.INTERNAL_NUMBER)
    _placed(activity, plan, _IMPLEMENTATION, (None, None))
    link = plan_link(source, plan.record.id)
    if link is not None:
        activity.append(link)
    for key in plan.tasks:
        add(activity, "related-activity", ref=_identifier(plan, key), type=shown.CHILD)
    for key, target in zip(plan.targets, plan.record.targets, strict=True):
        target_result(activity, source, plan, key, target)
    _rest_of_plan(activity, plan)
    return activity


def task_activities(plan: Told) -> Iterator[etree._Element]:
    """The activities of the plan's tasks, in the order printed."""
    for key, task in zip(plan.tasks, plan.record.tasks, strict=True):
        yield _task_activity(plan, key, task)


def _task_activity(plan: Told, key: str, task: Task) -> etree._Element:
    states, due = plan.of("reported_states", key), task.deadline
    activity = _begun(plan, _identifier(plan, key), task.text, "2")
    about = (*task.results, due.text) if due else task.results
    narrated(activity, "description", "; ".join(filter(None, about)) or task.text, type="1")
    _units(activity, plan, task)
    status = _STATUSES[TaskState(states.standing[-1]["state"])] if states.standing else _PIPELINE
    _placed(activity, plan, status, (due.start, due.end) if due else (None, None))
    add(activity, "related-activity", ref=_identifier(plan), type=shown.PARENT)
    output_result(activity, plan, task)
    _rest_of_task(activity, task)
    for row in (*states.replaced, *states.standing):
        add_own(activity, "reported_states", rest_of(row, {}))
    return activity


def _begun(plan: Told, identifier: str, title: str, hierarchy: str) -> etree._Element:
    """An activity with what comes first in it."""
    activity = etree.Element("iati-activity", {_LANG: "vi", "hierarchy": hierarchy}, nsmap=PREFIX)
    add(activity, "iati-identifier").text = identifier
    narrated(activity, "reporting-org", _issuer(plan), ref=_reference(plan), type=_type(plan))
    narrated(activity, "title", title)
    return activity


def _placed(activity: etree._Element, plan: Told, status: str, days: Sequence[object]) -> None:
    """Status, days, country, place and sector."""
    start, end = (own or of_plan for own, of_plan in zip(days, plan.period, strict=True))
    add(activity, "activity-status", code=status)
    add(activity, "activity-date", **{"iso-date": str(min(str(start), str(end))), "type": shown.PLANNED_START})
    add(activity, "activity-date", **{"iso-date": str(end), "type": shown.PLANNED_END})
    add(activity, "recipient-country", code="VN")
    if plan.place:
        narrated(add(activity, "location"), "name", plan.place)
    add(activity, "sector", vocabulary=_DAC_5, code=_ADMINISTRATION)


def _units(activity: etree._Element, plan: Told, task: Task) -> None:
    """The task's units; a task has to have somebody, so where the plan names nobody it is the issuer's."""
    for unit in task.units:
        organisation = narrated(activity, "participating-org", unit.canonical, role=shown.ROLES[unit.role])
        add_own(organisation, "unit", rest_of(held(unit, "canonical", "role"), shown.unit(organisation)))
    if not task.units:
        _organisation(activity, plan)


def _organisation(activity: etree._Element, plan: Told) -> None:
    """The issuer as the body that is accountable."""
    narrated(
        activity, "participating-org", _issuer(plan), ref=_reference(plan), type=_type(plan), role=_ACCOUNTABLE
    )  # fmt: skip


def _rest_of_plan(activity: etree._Element, plan: Told) -> None:
    record = plan.record
    rest = without(held(record, "id"), "targets", "tasks")
    head = held(record.document, "title", "issuer", "number", "period")
    rest["document"] = rest_of(head, shown.head(activity))
    if shown_text(record.text) == record.text:
        del rest["text"]
        add_own_text(activity, "text", record.text)
    add_own(activity, "plan", rest)


def _rest_of_task(activity: etree._Element, task: Task) -> None:
    rest = without(rest_of(held(task, "text", "results"), shown.task(activity)), "units", "measures")
    if task.deadline:
        rest["deadline"] = rest_of(held(task.deadline, "start", "end"), shown.dates(activity))
    add_own(activity, "task", rest)


def _issuer(plan: Told) -> str:
    return plan.record.document.issuer or "Không rõ cơ quan ban hành"


def _type(plan: Told) -> str:
    level = plan.record.document.issuer_level
    return _TYPES.get(level, _LOCAL_GOVERNMENT) if level else _OTHER_PUBLIC


def _reference(plan: Told) -> str:
    """A name for the issuer in the form of an identifier; it is in no register (docs/exchange.md)."""
    return f"VN-{address_words(_issuer(plan)).upper() or 'X'}"


def _identifier(plan: Told, key: str = "") -> str:
    return shown_text(f"{_reference(plan)}-{key or plan.record.id}")
