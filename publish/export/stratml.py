"""Plans as StratML part 2, a file each: tasks and targets are objectives under goals, which are the plan's sections.

The standard lets no other elements stand beside its own: the rest is in processing instructions (docs/exchange.md).
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from publish.exchange import stratml as shown
from publish.exchange.carried import held, rest_of, without
from publish.exchange.notes import add_note
from publish.export.files import File, stem
from publish.export.records import facts_file
from publish.export.source import Source
from publish.export.stratml_indicators import add, level_indicator, state_indicator, target_indicators, words_indicator
from publish.export.told import Told, other_facts, told
from schemas import Target, Task

_PLAN, _REPORT = "Performance_Plan", "Performance_Report"
_NAMESPACES: Final[Any] = {None: shown.NAMESPACE}
_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def stratml(source: Source) -> Iterator[File]:
    """`<plan id>.xml` each, and what belongs to none of them."""
    for key in source.plans():
        yield File(f"{stem(key)}.xml", [document(source, told(source, key))])
    yield from facts_file(other_facts(source))


def document(source: Source, plan: Told) -> bytes:
    """The file of one plan."""
    head = plan.record.document
    root = etree.Element(shown.ROOT, {"Type": _kind(plan)}, nsmap=_NAMESPACES)
    add(root, "Name", plan.name)
    add(root, "Description", plan.about)
    core = add(root, "StrategicPlanCore")
    _organization(core, plan)
    _goals(core, plan)
    about = add(root, "AdministrativeInformation")
    _identified(about, plan.record.id)
    for name, day in (("StartDate", head.period.start), ("EndDate", head.period.end), ("PublicationDate", plan.issued)):
        if day:
            add(about, name, str(day))
    if source.to:
        add(about, "Source", source.to.plan({"id": plan.record.id, "slug": plan.slug}))
    rest = without(held(plan.record, "id"), "targets", "tasks")
    rest["document"] = rest_of(held(head, "title", "issuer", "period"), shown.head(root))
    add_note(root, "plan", rest)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _kind(plan: Told) -> str:
    told_of = any(facts.standing for (table, _), facts in plan.facts.items() if table != "baselines")
    return _REPORT if told_of or plan.record.actuals else _PLAN


def _organization(core: etree._Element, plan: Told) -> None:
    head = plan.record.document
    if not (head.issuer or head.signer.name):
        return
    body = add(core, "Organization")
    if head.issuer:
        add(body, "Name", head.issuer)
    if plan.place:
        add(body, "Description", plan.place)
    if head.signer.name:
        person = add(body, "Stakeholder", StakeholderTypeType="Person")
        add(person, "Name", head.signer.name)
        if head.signer.position:
            add(add(person, "Role"), "Name", head.signer.position)


def _goals(core: etree._Element, plan: Told) -> None:
    """A goal for each section with targets or tasks, in the order in which they begin; one for a plan without any."""
    goals: dict[str, etree._Element] = {}
    for at, (key, target) in enumerate(zip(plan.targets, plan.record.targets, strict=True), 1):
        _target(_goal(goals, core, plan, target.group), plan, key, at, target)
    for at, (key, task) in enumerate(zip(plan.tasks, plan.record.tasks, strict=True), 1):
        _task(_goal(goals, core, plan, task.group), plan, key, at, task)
    if not goals:
        _goal(goals, core, plan, "")


def _goal(goals: dict[str, etree._Element], core: etree._Element, plan: Told, path: str) -> etree._Element:
    if path not in goals:
        heading = next((section.heading for section in plan.record.sections if section.path == path), plan.name)
        goal = goals[path] = add(core, "Goal")
        add(goal, "Name", heading)
        add(goal, "Description", plan.about)
        _identified(goal, f"{plan.record.id}.goal{len(goals)}")
        if path:
            add(goal, "SequenceIndicator", path)
    return goals[path]


def _target(goal: etree._Element, plan: Told, key: str, at: int, target: Target) -> None:
    objective = _objective(goal, "Chỉ tiêu", key, at, target.text)
    target_indicators(objective, plan, key, target)
    rest = without(rest_of(held(target, "text"), shown.item(objective)), "measures")
    if target.due:
        rest["due"] = rest_of(held(target.due, "start", "end"), shown.due(objective))
    add_note(objective, "target", rest)


def _task(goal: etree._Element, plan: Told, key: str, at: int, task: Task) -> None:
    objective = _objective(goal, "Nhiệm vụ", key, at, task.text)
    for unit in task.units:
        body = add(objective, "Stakeholder", StakeholderTypeType="Organization")
        add(body, "Name", unit.canonical)
        role = add(body, "Role")
        add(role, "Name", shown.role_name(unit.role))
        add(role, "RoleType", shown.ROLE_TYPES[unit.role])
        add_note(body, "unit", rest_of(held(unit, "canonical", "role"), shown.unit(body)))
    if task.deadline and task.deadline.text:
        add(objective, "OtherInformation", f"Thời hạn: {task.deadline.text}")
    for text in task.results:
        words_indicator(objective, "result", text, task.deadline)
    for measure in task.measures:
        level_indicator(objective, measure, task.deadline, measure.subject or task.text)
    state_indicator(objective, plan.of("reported_states", key))
    rest = without(rest_of(held(task, "text"), shown.item(objective)), "units", "measures", "results")
    add_note(objective, "task", rest)


def _objective(goal: etree._Element, name: str, key: str, at: int, text: str) -> etree._Element:
    objective = add(goal, "Objective")
    add(objective, "Name", f"{name} {at}")
    add(objective, "Description", text)
    _identified(objective, key)
    add(objective, "SequenceIndicator", str(at))
    return objective


def _identified(element: etree._Element, key: str) -> None:
    """An identifier, where the key makes one: those of XML begin with no figure, and hold only some signs."""
    if _NAME.fullmatch(key):
        add(element, "Identifier", f"_{key}")
