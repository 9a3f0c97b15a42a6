"""The record of one plan document: what extraction writes, scoring and publishing read."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from schemas.actual import Actual
from schemas.problem import Problem
from schemas.span import Span
from schemas.strict import Strict
from schemas.target import Target
from schemas.task import Task

SCHEMA_VERSION = "1.0"


class IssuerLevel(StrEnum):
    """The government an issuer belongs to; `other` for schools and hospitals."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    CENTRAL = "central"
    OTHER = "other"


class SectionKind(StrEnum):
    """What a section holds, by its heading."""

    PURPOSE = "purpose"
    REQUIREMENTS = "requirements"
    GOALS = "goals"
    TASKS = "tasks"
    FUNDING = "funding"
    IMPLEMENTATION = "implementation"
    APPENDIX = "appendix"
    OTHER = "other"


class Source(Strict):
    """The file a record was read from; `extracted_at` is set by the caller, extraction reads no clock."""

    filename: str
    sha256: str
    media_type: str
    pages: int | None = None
    text_source: Literal["native", "ocr", "text"] = "text"
    extractor: str
    extracted_at: dt.datetime | None = None


class PartialDate(Strict):
    """A date with blanks: the form leaves day and month to be written by hand."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class Period(Strict):
    """What the plan is for."""

    start: dt.date | None = None
    end: dt.date | None = None


class Signer(Strict):
    """`position` is the last line above the name."""

    name: str | None = None
    position: str | None = None


class Signature(Strict):
    """One digital signature of the file."""

    signer: str | None = None
    organization: str | None = None
    signed_at: dt.datetime | None = None
    intact: bool | None = None
    covers_whole: bool | None = None


class Candidate(Strict):
    """A unit that an ambiguous name may stand for."""

    code: str
    name: str
    type: str
    province: str


class Locality(Strict):
    """The territory; `province` and `code` only where the document decides them, else the `candidates`.

    `successor_code` and `successor` name the 2025 unit that a former one became (its main part).
    """

    type: str | None = None
    name: str | None = None
    province: str | None = None
    code: str | None = None
    successor: str | None = None
    successor_code: str | None = None
    candidates: tuple[Candidate, ...] = ()


class Head(Strict):
    """The document's own fields; `spans` says where each was read, by field name ("signer.name")."""

    kind: str | None = None
    number: str | None = None
    symbol: str | None = None
    title: str | None = None
    issuer: str | None = None
    issuer_level: IssuerLevel | None = None
    place: str | None = None
    issued: PartialDate = PartialDate()
    period: Period = Period()
    signer: Signer = Signer()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    locality: Locality = Locality()
    spans: Mapping[str, tuple[Span, ...]] = Field(default_factory=dict)


class Citation(Strict):
    """A document cited by number, or by title only where `number` is null; `relation` "basis" or "reference"."""

    kind: str | None = None
    number: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    title: str | None = None
    relation: str = "reference"
    span: Span


class Section(Strict):
    """A heading and what it governs; `path` is "III.3"."""

    path: str
    label: str
    heading: str
    kind: SectionKind
    span: Span


class Funding(Strict):
    """The plan's money: the section's text and the sources it names."""

    text: str
    sources: tuple[str, ...] = ()
    span: Span


class Record(Strict):
    """One plan, or one report, which alone has `actuals`. The same bytes give the same `id` and the same record."""

    schema_version: str = SCHEMA_VERSION
    id: str
    source: Source
    text: str
    document: Head
    legal_bases: tuple[Citation, ...] = ()
    references: tuple[Citation, ...] = ()
    sections: tuple[Section, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    funding: Funding | None = None
    actuals: tuple[Actual, ...] = ()
    problems: tuple[Problem, ...] = ()
