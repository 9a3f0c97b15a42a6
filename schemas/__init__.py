"""What a plan is: the record's models and the codelists. Imports nothing else of kehoach."""

from schemas.actual import Actual, Difference, PercentOf, Planned
from schemas.deadline import Deadline, DeadlineKind
from schemas.measure import Change, Comparator, Measure
from schemas.plan import (
    Candidate,
    Citation,
    Funding,
    Head,
    IssuerLevel,
    Locality,
    PartialDate,
    Period,
    Record,
    Section,
    SectionKind,
    Signature,
    Signer,
    Source,
)
from schemas.problem import Confidence, Problem, Severity
from schemas.progress import TaskState
from schemas.span import Box, Span
from schemas.target import Modality, Scope, Target
from schemas.task import Task, TaskKind
from schemas.unit import Role, UnitRole

__all__ = [
    "Actual", "Box", "Candidate", "Change", "Citation", "Comparator", "Confidence", "Deadline", "DeadlineKind",
    "Difference", "Funding", "Head", "IssuerLevel", "Locality", "Measure", "Modality", "PartialDate", "PercentOf",
    "Period", "Planned", "Problem", "Record", "Role", "Scope", "Section", "SectionKind", "Severity", "Signature",
    "Signer", "Source", "Span", "Target", "Task", "TaskKind", "TaskState", "UnitRole",
]  # fmt: skip
