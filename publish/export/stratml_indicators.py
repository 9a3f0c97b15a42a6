"""Levels to be reached, values that were reached and states of tasks as indicators of StratML."""

from lxml import etree

from publish.exchange import stratml as shown
from publish.exchange.carried import decimal, held, rest_of, shown_text
from publish.exchange.notes import add_note
from publish.export.sheet_rows import measure_words
from publish.export.source import Row
from publish.export.told import Facts, Told, is_day
from publish.pages.language import label, number
from schemas import Deadline, Measure, Target

_QUANTITATIVE, _QUALITATIVE = "Quantitative", "Qualitative"


def target_indicators(objective: etree._Element, plan: Told, key: str, target: Target) -> None:
    """An indicator for each measure of a target, the first with its facts; one in words where there is none."""
    name = label(target.indicator, "indicators") if target.indicator != "other" else target.text
    made = [level_indicator(objective, one, target.due, one.subject or name) for one in target.measures]
    first = made[0] if made else words_indicator(objective, "words", name, target.due)
    bases, reached = plan.of("baselines", key), plan.of("actuals", key)
    instance = first.find(shown.path("MeasurementInstance"))
    for row in reached.standing:
        _actual(instance if instance is not None else add(first, "MeasurementInstance"), row)
    if bases.standing:
        add(first, "OtherInformation", "; ".join(map(_base, bases.standing)))
    for table, rows in (("actuals", reached.replaced), ("baselines", (*bases.replaced, *bases.standing))):
        for row in rows:
            add_note(first, table, rest_of(row, {}))


def level_indicator(objective: etree._Element, measure: Measure, due: Deadline | None, name: str) -> etree._Element:
    """A number to be reached."""
    unit = shown.RANK if measure.unit == "rank" else measure.unit
    indicator = _indicator(objective, _QUANTITATIVE, name, unit)
    level = _level(indicator, due)
    add(level, "NumberOfUnits", decimal(measure.value))
    add(level, "Description", measure_words(measure.model_dump(mode="json") | {"out_of": measure.of}))
    add_note(indicator, "measure", rest_of(held(measure, "value", "unit"), shown.measure(indicator)))
    return indicator


def words_indicator(objective: etree._Element, kind: str, name: str, due: Deadline | None) -> etree._Element:
    """Something to be reached that no number says; `kind` says what of the record it is."""
    indicator = _indicator(objective, _QUALITATIVE, name, "định tính")
    add(_level(indicator, due), "Description", name)
    exact = {} if shown.result(indicator) == name else {"text": name}
    add_note(indicator, kind, exact)
    return indicator


def state_indicator(objective: etree._Element, states: Facts) -> None:
    """The states that were reported of a task."""
    if not (states.standing or states.replaced):
        return
    indicator = _indicator(objective, _QUALITATIVE, "Trạng thái thực hiện nhiệm vụ", "trạng thái")
    instance = add(indicator, "MeasurementInstance")
    for row in states.standing:
        actual = add(instance, "ActualResult")
        if row["as_of"] and is_day(row["as_of"]):
            add(actual, "EndDate", row["as_of"])
        descriptor = add(actual, "Descriptor")
        add(descriptor, "DescriptorName", "Trạng thái")
        add(descriptor, "DescriptorValue", shown.state_name(row["state"]))
        if row["note"]:
            add(actual, "Description", row["note"])
        add_note(actual, "reported_states", rest_of(row, shown.state(actual)))
    for row in states.replaced:
        add_note(indicator, "reported_states", rest_of(row, {}))


def add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A new element of the standard at the end of another."""
    element = etree.SubElement(parent, shown.path(tag), attributes)
    if text is not None:
        element.text = shown_text(text)
    return element


def _indicator(objective: etree._Element, kind: str, name: str, unit: str) -> etree._Element:
    indicator = add(objective, "PerformanceIndicator", PerformanceIndicatorType=kind)
    add(indicator, "MeasurementDimension", name)
    add(indicator, "UnitOfMeasurement", unit)
    return indicator


def _level(indicator: etree._Element, due: Deadline | None) -> etree._Element:
    level = add(add(indicator, "MeasurementInstance"), "TargetResult")
    for name, day in (("StartDate", due and due.start), ("EndDate", due and due.end)):
        if day:
            add(level, name, str(day))
    return level


def _actual(instance: etree._Element, row: Row) -> None:
    actual = add(instance, "ActualResult")
    for name, day in (("StartDate", row["period_start"]), ("EndDate", row["period_end"] or row["as_of"])):
        if day and is_day(day):
            add(actual, name, day)
    if row["value"] is not None:
        add(actual, "NumberOfUnits", decimal(row["value"]))
    if row["note"]:
        add(actual, "Description", row["note"])
    add_note(actual, "actuals", rest_of(row, shown.told(actual)))


def _base(row: Row) -> str:
    """A base in words, for which the standard has no element."""
    told = " ".join(filter(None, (number(row["value"]), row["unit"])))
    return f"Mức gốc: {told}" + (f" ({row['as_of']})" if row["as_of"] else "")
