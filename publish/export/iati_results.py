"""Targets, and what tasks are to give, as results of IATI: levels, bases, and what was reached of them."""

from collections.abc import Iterable

from lxml import etree

from publish.exchange import iati as shown
from publish.exchange.carried import decimal, held, rest_of, shown_text, without
from publish.exchange.own import add_own
from publish.export.sheet_rows import measure_words
from publish.export.source import Row, Source
from publish.export.told import Told, is_day
from publish.pages.language import label
from schemas import Comparator, Deadline, Measure, Scope, Target, Task

_OUTPUT, _OUTCOME = "1", "2"  # ResultType
_HTML, _REVIEW, _PLANNING = "text/html", "A07", "A11"  # media type; DocumentCategory: results, other plans
_CEILINGS = frozenset({Comparator.AT_MOST, Comparator.LESS})


def target_result(activity: etree._Element, source: Source, plan: Told, key: str, target: Target) -> None:
    """A target: an indicator for each of its measures, the first with its facts."""
    result = add(activity, "result", type=_OUTPUT if target.scope is Scope.RESULT else _OUTCOME)
    narrated(result, "title", target.text)
    name = label(target.indicator, "indicators") if target.indicator != "other" else target.text
    indicators = [_indicator(result, plan, measure, target.due, name) for measure in target.measures]
    if not indicators:
        indicators = [_qualitative(result, plan, target.due, name)]
    for indicator in indicators:
        reference = etree.Element("reference", vocabulary=shown.OURS, code=shown_text(target.indicator))
        indicator.insert(1, reference)
    _facts(indicators[0], source, plan, key)
    rest = without(rest_of(held(target, "text", "indicator"), shown.target(result)), "measures")
    if target.due:
        rest["due"] = rest_of(held(target.due, "start", "end"), shown.due(indicators[0]))
    add_own(result, "target", rest)


def output_result(activity: etree._Element, plan: Told, task: Task) -> None:
    """What the task is to give: in words, each a result, and in numbers."""
    for text in task.results:
        result = add(activity, "result", type=_OUTPUT)
        narrated(result, "title", text)
        _qualitative(result, plan, task.deadline, text)
    if task.measures:
        result = add(activity, "result", type=_OUTPUT)
        narrated(result, "title", task.text)
        for measure in task.measures:
            _indicator(result, plan, measure, task.deadline, task.text)


def plan_link(source: Source, key: str | None, category: str = _PLANNING) -> etree._Element | None:
    """A link to a plan or report on the site; None where nobody said where the site is."""
    found = list(source.rows("select id, slug, title, filename from plans where id = ?", key)) if source.to else []
    if not found or source.to is None:
        return None
    link = etree.Element("document-link", url=source.to.plan(found[0]), format=_HTML)
    narrated(link, "title", found[0]["title"] or found[0]["filename"])
    add(link, "category", code=category)
    add(link, "language", code="vi")
    return link


def _indicator(result: etree._Element, plan: Told, measure: Measure, due: Deadline | None, name: str) -> etree._Element:
    kind = shown.MEASURES.get(measure.unit, shown.UNIT)
    ascending = "false" if measure.comparator in _CEILINGS else "true"
    indicator = add(result, "indicator", measure=kind, ascending=ascending)
    narrated(indicator, "title", measure.subject or name)
    level = add(_due_period(indicator, plan, due), "target", value=decimal(measure.value))
    narrated(level, "comment", measure_words(measure.model_dump(mode="json") | {"out_of": measure.of}))
    add_own(level, "measure", rest_of(held(measure, "value", "unit"), shown.measure(indicator)))
    return indicator


def _qualitative(result: etree._Element, plan: Told, due: Deadline | None, name: str) -> etree._Element:
    indicator = add(result, "indicator", measure=shown.QUALITATIVE)
    narrated(indicator, "title", name)
    _due_period(indicator, plan, due)
    return indicator


def _due_period(indicator: etree._Element, plan: Told, due: Deadline | None) -> etree._Element:
    start, end = plan.period
    if due:
        end = due.end or end
        start = due.start or min(start, end)
    return _period(indicator, str(start), str(end))


def _facts(indicator: etree._Element, source: Source, plan: Told, key: str) -> None:
    """Bases and values reached; what was replaced, or has no day, stands in elements of our own alone."""
    bases, reached = plan.of("baselines", key), plan.of("actuals", key)
    for row in _dated(bases.standing):
        base = etree.Element("baseline", year=row["as_of"][:4])
        base.set("iso-date", row["as_of"])
        _tell(base, source, "baselines", row, link_first=True)
        indicator.insert(indicator.index(indicator.findall("period")[0]), base)
    for row in _dated(reached.standing):
        start = row["period_start"] or str(plan.period[0])
        end = row["period_end"] or row["as_of"]
        actual = add(_same_period(indicator, min(start, end), end), "actual")
        _tell(actual, source, "actuals", row)
    for table, facts in (("baselines", bases), ("actuals", reached)):
        in_place = {row["id"] for row in _dated(facts.standing)}
        for row in (*facts.replaced, *facts.standing):
            if row["id"] not in in_place:
                add_own(indicator, table, rest_of(row, {}))


def _tell(element: etree._Element, source: Source, table: str, row: Row, *, link_first: bool = False) -> None:
    """Value, note, report and the rest; a base has its links before its comment, a value reached after it."""
    if row["value"] is not None:
        element.set("value", decimal(row["value"]))
    if row["note"]:
        narrated(element, "comment", row["note"])
    link = plan_link(source, row["report_id"], _REVIEW)
    if link is not None:
        element.insert(0 if link_first else len(element), link)
    add_own(element, table, rest_of(row, shown.told(element)))


def _dated(rows: Iterable[Row]) -> list[Row]:
    """The facts that have days of the calendar, as IATI asks."""
    return [
        row for row in rows if row["as_of"] and all(map(is_day, (row["as_of"], row["period_start"], row["period_end"])))
    ]


def _same_period(indicator: etree._Element, start: str, end: str) -> etree._Element:
    """The period of these days, a new one where there is none."""
    for period in indicator.findall("period"):
        if (shown.day(period, "start"), shown.day(period, "end")) == (start, end):
            return period
    return _period(indicator, start, end)


def _period(indicator: etree._Element, start: str, end: str) -> etree._Element:
    period = add(indicator, "period")
    add(period, "period-start", **{"iso-date": start})
    add(period, "period-end", **{"iso-date": end})
    return period


def add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """A new element at the end of another."""
    return etree.SubElement(parent, tag, attributes)


def narrated(parent: etree._Element, tag: str, text: str, **attributes: str) -> etree._Element:
    """A new element that says something."""
    element = add(parent, tag, **attributes)
    add(element, "narrative").text = shown_text(text)
    return element
