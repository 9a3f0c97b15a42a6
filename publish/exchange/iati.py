"""What the elements of IATI 2.03 show of a plan, as fields of the record and columns of the facts."""

from typing import Final

from lxml import etree

from publish.exchange.carried import Json
from schemas.codelists import codelist

VERSION: Final = "2.03"
OURS: Final = "99"  # vocabulary: the reporting organisation's own list
INTERNAL_NUMBER: Final = "A1"  # other-identifier/@type
PLANNED_START, PLANNED_END = "1", "3"  # activity-date/@type
PARENT, CHILD = "1", "2"  # related-activity/@type
UNIT, PERCENTAGE, ORDINAL, QUALITATIVE = "1", "2", "4", "5"  # indicator/@measure

_UNITS = {PERCENTAGE: "%", ORDINAL: "rank"}
MEASURES = {unit: code for code, unit in _UNITS.items()}
ROLES = {row["code"]: row["iati_organisation_role"] for row in codelist("roles")}
_ROLES = {code: role for role, code in reversed(ROLES.items())}  # of the roles that share a code, the first


def head(activity: etree._Element) -> Json:
    """The plan's fields that are shown."""
    return {
        "title": _said(activity, "title"),
        "issuer": _said(activity, "reporting-org"),
        "number": _attribute(activity, f"other-identifier[@type='{INTERNAL_NUMBER}']", "ref"),
        "period": dates(activity),
    }


def dates(activity: etree._Element) -> Json:
    """When an activity is planned to begin and to end."""
    return {
        name: _attribute(activity, f"activity-date[@type='{kind}']", "iso-date")
        for name, kind in (("start", PLANNED_START), ("end", PLANNED_END))
    }


def task(activity: etree._Element) -> Json:
    """The task's fields that are shown; results in numbers are shown by its measures."""
    results = [_said(result, "title") or "" for result in activity.findall("result") if not measured(result)]
    return {"text": _said(activity, "title"), "results": results}


def unit(organisation: etree._Element) -> Json:
    """A unit's name and role."""
    role = _ROLES.get(organisation.get("role", ""))
    return {"canonical": organisation.findtext("narrative"), "role": role}


def target(result: etree._Element) -> Json:
    """The target's fields that are shown."""
    code = _attribute(result, f"indicator/reference[@vocabulary='{OURS}']", "code")
    return {"text": _said(result, "title"), "indicator": code}


def due(indicator: etree._Element) -> Json:
    """The time of the level to be reached."""
    return {name: _attribute(indicator, f"period/period-{name}", "iso-date") for name in ("start", "end")}


def measure(indicator: etree._Element) -> Json:
    """The level to be reached, and its unit where the kind of measure says it."""
    value = _attribute(indicator, "period/target", "value")
    return {"value": _number(value), "unit": _UNITS.get(indicator.get("measure", ""))}


def told(element: etree._Element) -> Json:
    """What a value reached, or a base, says: the number and the note."""
    return {"value": _number(element.get("value")), "note": _said(element, "comment")}


def day(period: etree._Element, name: str) -> str | None:
    """The first ("start") or last ("end") day of a period."""
    return _attribute(period, f"period-{name}", "iso-date")


def measured(result: etree._Element) -> bool:
    """Whether a result is one in numbers."""
    return result.find("indicator/period/target") is not None


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _said(parent: etree._Element, tag: str) -> str | None:
    return parent.findtext(f"{tag}/narrative")


def _attribute(parent: etree._Element, path: str, name: str) -> str | None:
    found = parent.find(path)
    return None if found is None else found.get(name)
