"""The database's tables: columns, keys, links, indexes and search, in the order they are filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float | None
Row = dict[str, Value]
Rows = dict[str, list[Row]]

# Marks a file as a database of ours ("KHPL") and says which tables it holds; raise the version when a column changes.
APPLICATION_ID = 0x4B48504C
LAYOUT_VERSION = 5

_TYPES: Mapping[str, type] = {"int": int, "float": float, "": str}


@dataclass(frozen=True, slots=True)
class Table:
    """`layout` names the columns in order, "page:int" where one is no text; the first is the key.

    `links` maps a column to the table whose key it holds; linked columns get an index, and so do the columns of each
    entry of `indexed` ("year due_end" is one index over two). Of `sparse` columns only the cells that hold something
    are in the index, so that rows without cost nothing. `searched` columns go into a full-text index. `kept` says that
    people enter the rows, so that a rebuild carries them over; `summed`, that they are worked out from the others.
    """

    name: str
    layout: str
    links: Mapping[str, str] = field(default_factory=dict)
    indexed: tuple[str, ...] = ()
    sparse: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    kept: bool = False
    summed: bool = False

    @property
    def columns(self) -> dict[str, type]:
        """The columns and their types.

        >>> Table("pages", "id number:int").columns
        {'id': <class 'str'>, 'number': <class 'int'>}
        """
        return {name: _TYPES[kind] for name, _, kind in (c.partition(":") for c in self.layout.split())}

    @property
    def key(self) -> str:
        """The primary key."""
        return next(iter(self.columns))


_SPAN = "span_start:int span_end:int page:int bboxes"
# What people report, and whence: in `source` as they say it, with the place in a report where it was read there.
_TOLD = """as_of period_start period_end source note recorded_at recorded_by supersedes report_id span_start:int
    span_end:int page:int"""
_ENTERED: Mapping[str, str] = {
    "actuals": f"id target_id value:float unit converted:float percent:float {_TOLD}",
    "baselines": f"id target_id value:float unit converted:float {_TOLD}",
    "reported_states": f"id task_id state {_TOLD}",
}
# What a waiting fact belonged to: the words of its target or task, and which of how many with these words it was.
_WAITING = "plan_id text position:int alike:int"

# Codelists of `schemas/codelists` that are tables as they stand; a column that links to one shows its label.
CODELISTS = (
    "changes", "comparators", "confidences", "deadline_kinds", "document_kinds", "indicator_groups", "issuer_levels",
    "modalities", "percent_of", "problem_codes", "relations", "roles", "scopes", "section_kinds", "severities",
    "status_reasons", "target_statuses", "task_kinds", "task_states", "task_statuses", "text_sources", "unit_kinds",
)  # fmt: skip

# All of which a code is a row.
LISTED = (*CODELISTS, "indicators")

TABLES = (
    *(Table(name, "code label_vi label_en definition_vi") for name in CODELISTS),
    Table(
        "indicators",
        "code label_vi label_en definition_vi indicator_group targets_count:int localities_count:int search_text",
        links={"indicator_group": "indicator_groups"},
    ),
    Table(
        "localities",
        "id full_name type name province code successor successor_code candidates plans_count:int search_text",
        indexed=("type", "province", "full_name"),
    ),
    Table(
        "units",
        """id name kind tasks_lead:int tasks_coordinate:int tasks_implement:int tasks_count:int plans_count:int
        localities_count:int search_text""",
        links={"kind": "unit_kinds"},
        indexed=("tasks_count", "name"),
    ),
    Table(
        "plans",
        """id slug title kind number number_key symbol issuer issuer_level locality_id year:int period_start period_end
        place issued_date issued_year:int issued_month:int issued_day:int signer_name signer_position signatures
        recipients funding_text funding_sources filename sha256 media_type pages:int text_source extractor extracted_at
        targets_count:int tasks_count:int problems_count:int grave_count:int text search_text""",
        links={
            "kind": "document_kinds",
            "issuer_level": "issuer_levels",
            "locality_id": "localities",
            "text_source": "text_sources",
        },
        indexed=(
            "year",
            "number_key",
            "grave_count",
            "issued_date",
            "issued_date year issuer_level kind locality_id slug targets_count tasks_count problems_count id",
        ),
        searched=("title", "text", "search_text"),
    ),
    Table("sources", "plan_id path", links={"plan_id": "plans"}),
    # Each file that was read, with each plan in it (one, but for files of many records), or why nothing was read of it.
    Table(
        "inputs",
        "id path part:int fingerprint kind read_by plan_id stands:int filename original reason",
        links={"plan_id": "plans"},
        indexed=("path", "reason"),
        sparse=("reason",),
    ),
    Table("plan_spans", f"id plan_id field text {_SPAN}", links={"plan_id": "plans"}),
    Table(
        "sections",
        f"id plan_id position:int path label heading kind search_text {_SPAN}",
        links={"plan_id": "plans", "kind": "section_kinds"},
    ),
    Table(
        "targets",
        f"""id plan_id position:int text indicator scope modality year:int quarter due_kind due_start due_end due_rrule
        due_text due_span_start:int due_span_end:int section_id section_path confidence search_text {_SPAN} spans""",
        links={
            "plan_id": "plans",
            "indicator": "indicators",
            "scope": "scopes",
            "modality": "modalities",
            "due_kind": "deadline_kinds",
            "section_id": "sections",
            "confidence": "confidences",
        },
        indexed=("year", "quarter", "due_end", "indicator year plan_id", "plan_id indicator year"),
        searched=("text", "search_text"),
    ),
    Table(
        "tasks",
        f"""id plan_id position:int text kind quarter deadline_kind deadline_start deadline_end deadline_rrule
        deadline_text deadline_span_start:int deadline_span_end:int active_from active_to section_id
        section_path confidence search_text {_SPAN} spans""",
        links={
            "plan_id": "plans",
            "kind": "task_kinds",
            "deadline_kind": "deadline_kinds",
            "section_id": "sections",
            "confidence": "confidences",
        },
        indexed=("quarter", "deadline_end", "active_to active_from deadline_kind deadline_rrule id"),
        searched=("text", "search_text"),
    ),
    Table(
        "task_units",
        f"id task_id position:int unit_id role name plan_id year:int {_SPAN}",
        links={"task_id": "tasks", "unit_id": "units", "role": "roles", "plan_id": "plans"},
        indexed=("unit_id year plan_id role task_id",),
    ),
    Table(
        "task_quarters",
        "id task_id quarter deadline_end",
        links={"task_id": "tasks"},
        indexed=("quarter deadline_end task_id",),
    ),
    Table(
        "task_days",
        "id task_id plan_id day recurring:int",
        links={"task_id": "tasks", "plan_id": "plans"},
        indexed=("day recurring task_id", "task_id day recurring", "plan_id day recurring task_id"),
    ),
    Table("task_results", f"id task_id position:int text {_SPAN}", links={"task_id": "tasks"}),
    Table(
        "measures",
        f"id target_id task_id position:int comparator value:float unit per out_of:float subject change {_SPAN}",
        links={"target_id": "targets", "task_id": "tasks", "comparator": "comparators", "change": "changes"},
        indexed=("unit",),
    ),
    Table(
        "legal_bases",
        f"id plan_id position:int relation kind number number_key date issuer title cited_plan_id {_SPAN}",
        links={"plan_id": "plans", "relation": "relations", "kind": "document_kinds", "cited_plan_id": "plans"},
        indexed=("number", "number_key"),
        sparse=("cited_plan_id",),
    ),
    Table(
        "problems",
        f"id plan_id position:int severity code message {_SPAN}",
        links={"plan_id": "plans", "severity": "severities", "code": "problem_codes"},
        indexed=("code plan_id position", "code severity", "severity plan_id position"),
    ),
    Table(
        "report_actuals",
        f"""id plan_id position:int text subject indicator value:float unit out_of:float per percent:float percent_of
        planned_comparator planned_value:float planned_unit change change_value:float change_unit change_base
        baseline_value:float baseline_unit baseline_label baseline_as_of assessment as_of
        period_start period_end section_id section_path confidence search_text {_SPAN} spans""",
        links={
            "plan_id": "plans",
            "indicator": "indicators",
            "percent_of": "percent_of",
            "planned_comparator": "comparators",
            "change": "changes",
            "section_id": "sections",
            "confidence": "confidences",
        },
    ),
    Table(
        "actuals",
        _ENTERED["actuals"],
        links={"target_id": "targets", "report_id": "plans"},
        indexed=("target_id as_of", "as_of", "supersedes"),
        sparse=("supersedes", "report_id"),
        kept=True,
    ),
    Table(
        "baselines",
        _ENTERED["baselines"],
        links={"target_id": "targets", "report_id": "plans"},
        indexed=("target_id as_of", "supersedes"),
        sparse=("supersedes", "report_id"),
        kept=True,
    ),
    Table(
        "reported_states",
        _ENTERED["reported_states"],
        links={"task_id": "tasks", "state": "task_states", "report_id": "plans"},
        indexed=("task_id as_of", "as_of", "supersedes"),
        sparse=("supersedes", "report_id"),
        kept=True,
    ),
    # Proposals that a person refused. They are known by words, since a newer reading may number targets otherwise.
    Table(
        "refused_links",
        "id plan_id target_text report_id text value:float unit recorded_at recorded_by",
        links={"plan_id": "plans"},
        kept=True,
    ),
    # What was entered of targets and tasks that a newer reading of the plan no longer has: it is never dropped.
    *(Table(f"{name}_unmatched", f"{layout} {_WAITING}", kept=True) for name, layout in _ENTERED.items()),
    # How things stand as of any day: `progress.standing_statuses` fills these in, a build all, an import in part.
    Table(
        "unit_pairs",
        "id unit other kind factor:float other_factor:float converts:int",
        indexed=("unit other kind factor other_factor converts",),
        summed=True,
    ),
    Table(
        "target_courses",
        """id:int target_id plan_id locality_id indicator year:int from_day until_day start due counted_from
        counted_since comparator value:float top:float unit kind change reading:int ceiling:int bound:float
        first_day:float days:float""",
        links={"target_id": "targets", "plan_id": "plans"},
        summed=True,
    ),
    Table(
        "target_spells",
        """id:int target_id plan_id course_id:int from_day until_day status reason value:float expected:float
        actual_id""",
        links={"target_id": "targets", "status": "target_statuses"},
        indexed=("target_id from_day", "plan_id from_day", "status until_day from_day"),
        summed=True,
    ),
    Table(
        "occurrence_spells",
        "id:int task_id plan_id due from_day until_day status state_id",
        links={"task_id": "tasks", "plan_id": "plans", "status": "task_statuses"},
        indexed=("task_id due from_day", "plan_id from_day", "status until_day from_day due"),
        summed=True,
    ),
    Table(
        "target_status_counts",
        "id:int facet value year:int day status number:int",
        indexed=("facet value year day status number", "facet year day value status number"),
        summed=True,
    ),
    Table(
        "task_status_counts",
        "id:int facet value year:int recurring:int day status number:int",
        indexed=("facet value year day status recurring number", "facet year day value status recurring number"),
        summed=True,
    ),
    Table(
        "unit_quarters",
        "id unit_id quarter role tasks:int recurring:int",
        links={"unit_id": "units", "role": "roles"},
        summed=True,
    ),
    Table("quarters", "quarter tasks:int recurring:int", summed=True),
    Table(
        "problem_counts",
        "code severity plans:int problems:int",
        links={"code": "problem_codes", "severity": "severities"},
        summed=True,
    ),
    Table("totals", "name number:int", summed=True),
    # What the counts are made of, so that a plan can be added or taken away without counting all others again.
    Table(
        "indicator_places",
        "id indicator locality_id targets:int",
        links={"indicator": "indicators", "locality_id": "localities"},
        summed=True,
    ),
    Table(
        "unit_places",
        "id unit_id locality_id plans:int",
        links={"unit_id": "units", "locality_id": "localities"},
        summed=True,
    ),
    Table("unit_names", "id unit_id name plans:int", links={"unit_id": "units"}, summed=True),
    Table("locality_names", "id locality_id form plans:int", links={"locality_id": "localities"}, summed=True),
    Table("about", "name value", summed=True),
    Table(
        "search_entries",
        """id:int kind record_id plan_id year:int due locality_id province quarters indicator confidence units words""",
        indexed=("record_id",),
        summed=True,
    ),
    Table("search_words", "word entries:int", summed=True),
    Table("confidence_counts", "id record confidence number:int", links={"confidence": "confidences"}, summed=True),
    Table("words", "word titles:int targets:int tasks:int", summed=True),
    Table("records", "plan_id schema_version sha256 extractor json", links={"plan_id": "plans"}, indexed=("sha256",)),
)
BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}
# Where facts wait for their target or task: the table they belong to, by the table they wait in.
UNMATCHED: Mapping[str, str] = {f"{name}_unmatched": name for name in _ENTERED}
