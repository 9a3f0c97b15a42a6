"""Findings -> what is shown of them: lines for people, or JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from publish.doctor.finding import Finding, State

_MARKS = {State.OK: "   ", State.WARNING: " ! ", State.FAILED: "[X]"}


def worst(findings: Sequence[Finding]) -> State:
    """How things are as a whole.

    >>> worst([Finding("a", State.OK, ""), Finding("b", State.WARNING, "")])
    <State.WARNING: 'warning'>
    """
    return max((one.state for one in findings), key=list(State).index, default=State.OK)


def as_lines(findings: Sequence[Finding]) -> str:
    """A line for each, what to do below it, and how many want something done."""
    lines = []
    for one in findings:
        lines.append(f"{_MARKS[one.state]} {one.message}")
        if one.remedy:
            lines.append(f"      -> {one.remedy}")
    counted = {state: sum(one.state is state for one in findings) for state in State}
    lines += ["", _summary(counted[State.FAILED], counted[State.WARNING])]
    return "\n".join(lines)


def _summary(faults: int, warnings: int) -> str:
    if faults:
        return f"{faults} chỗ thiếu hoặc hỏng [X], {warnings} chỗ nên xem lại (!)."
    return f"Không thiếu gì; {warnings} chỗ nên xem lại (!)." if warnings else "Mọi thứ đều ổn."


def as_json(findings: Sequence[Finding], version: str) -> str:
    """One object: how things are as a whole, and each finding."""
    content = {"kehoach": version, "state": worst(findings), "findings": [asdict(one) for one in findings]}
    return json.dumps(content, ensure_ascii=False, indent=2)
