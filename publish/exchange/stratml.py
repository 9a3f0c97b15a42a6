"""What the elements of StratML part 2 show of a plan, as fields of the record and columns of the facts."""

from typing import Final

from lxml import etree

from publish.exchange.carried import Json
from schemas.codelists import by_code, codelist

NAMESPACE: Final = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
ROOT: Final = f"{{{NAMESPACE}}}PerformancePlanOrReport"
RANK: Final = "hạng"  # what people read for the unit "rank"
ROLE_TYPES = {row["code"]: row["stratml_role_type"] for row in codelist("roles")}
_ROLES = {row["label_vi"]: row["code"] for row in codelist("roles")}
_STATES = {row["label_vi"]: row["code"] for row in codelist("task_states")}


def role_name(role: str) -> str:
    """What a role is called."""
    return by_code("roles")[role]["label_vi"]


def state_name(state: str) -> str:
    """What a state of a task is called."""
    return by_code("task_states")[state]["label_vi"]


def head(plan: etree._Element) -> Json:
    """The plan's fields that are shown."""
    return {
        "title": said(plan, "Name"),
        "issuer": said(plan, "StrategicPlanCore/Organization/Name"),
        "period": _dates(plan, "AdministrativeInformation"),
    }


def position(objective: etree._Element) -> int:
    """Where a target or a task stands among those of the plan."""
    return int(said(objective, "SequenceIndicator") or 0)


def item(objective: etree._Element) -> Json:
    """The field of a target or a task that is shown."""
    return {"text": said(objective, "Description")}


def unit(stakeholder: etree._Element) -> Json:
    """A unit's name and role."""
    return {"canonical": said(stakeholder, "Name"), "role": _ROLES.get(said(stakeholder, "Role/Name") or "")}


def due(objective: etree._Element) -> Json:
    """The time of the level to be reached."""
    return _dates(objective, "PerformanceIndicator/MeasurementInstance/TargetResult")


def measure(indicator: etree._Element) -> Json:
    """The level to be reached and its unit."""
    shown = said(indicator, "UnitOfMeasurement")
    level = _number(said(indicator, "MeasurementInstance/TargetResult/NumberOfUnits"))
    return {"value": level, "unit": "rank" if shown == RANK else shown}


def result(indicator: etree._Element) -> str:
    """What a task is to give, in words."""
    return said(indicator, "MeasurementDimension") or ""


def told(actual: etree._Element) -> Json:
    """What a value reached says: the number and the note."""
    return {"value": _number(said(actual, "NumberOfUnits")), "note": said(actual, "Description")}


def state(actual: etree._Element) -> Json:
    """What a report on a task says: the state, its day and the note."""
    name = said(actual, "Descriptor/DescriptorValue") or ""
    return {"state": _STATES.get(name), "as_of": said(actual, "EndDate"), "note": said(actual, "Description")}


def path(names: str) -> str:
    """A path of elements of the standard."""
    return "/".join(f"{{{NAMESPACE}}}{name}" for name in names.split("/"))


def said(parent: etree._Element, names: str) -> str | None:
    """The words of the first element of a path, None where there is none."""
    return parent.findtext(path(names))


def _dates(parent: etree._Element, names: str) -> Json:
    return {"start": said(parent, f"{names}/StartDate") or None, "end": said(parent, f"{names}/EndDate") or None}


def _number(text: str | None) -> float | None:
    return float(text) if text else None
