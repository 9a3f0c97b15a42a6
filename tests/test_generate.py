"""The generator of plans: what goes in comes out, the same each time, in words that the extractor does not know."""

from collections.abc import Iterator
from functools import cache
from random import Random

import pytest

from corpus.generate import Generated, generated
from corpus.generate.files import write_plans
from corpus.generate.forms import WAYS, form
from corpus.generate.issuers import wordings
from corpus.likeness import matched, plain_name
from extract.lexicon import load, phrases
from extract.text import fold
from schemas import Record
from tests.plans import record

SEEDS = range(500, 540)
LEAST = 0.97
LEAST_OF_TASKS = 0.96  # names in running text end before verbs that the extractor does not know, too
LONGEST_SHARED = 4  # words: what everybody writes ("tổ dân phố", "Tổ chức thực hiện") is no wording of its own


@cache
def read(seed: int) -> tuple[Generated, Record]:
    plan = generated(seed)
    return plan, record(plan.content)


def records(kind: str) -> Iterator[tuple[dict, dict]]:
    """Gold's records of a kind, each with the one that was read as it, or an empty one."""
    for seed in SEEDS:
        plan, found = read(seed)
        given = found.model_dump(mode="json")[kind]
        pairs = dict(matched(plan.gold[kind], given))
        yield from ((item, given[pairs[i]] if i in pairs else {}) for i, item in enumerate(plan.gold[kind]))


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def times(item: dict, name: str) -> tuple:
    due = item.get(name) or {}
    return tuple(due.get(part) for part in ("kind", "start", "end", "rrule"))


def test_a_seed_gives_the_same_plan_each_time():
    assert generated(7) == generated(7)
    assert generated(7).content != generated(8).content


def test_every_way_is_taken_by_some_plan():
    taken = {way for seed in range(600) for way in form(Random(seed)).chosen.items()}
    assert taken == {(what, way) for what, ways in WAYS.items() for way in ways}


def test_what_gold_quotes_stands_in_the_plan():
    for seed in range(30):
        plan = generated(seed, layout=True)
        texts = [item["text"] for kind in ("targets", "tasks") for item in plan.gold[kind]]
        assert [text for text in texts if text not in plan.content] == []


def test_the_heads_that_go_in_come_out():
    for name in ("number", "issuer", "title", "place"):
        right = [
            plain_name(plan.gold["document"][name]) == plain_name(getattr(found.document, name))
            for plan, found in map(read, SEEDS)
        ]
        assert share(right) >= LEAST, name


def test_the_grounds_that_go_in_come_out():
    wanted = {(seed, basis["number"], basis["date"]) for seed in SEEDS for basis in read(seed)[0].gold["legal_bases"]}
    found = {(seed, basis.number, str(basis.date)) for seed in SEEDS for basis in read(seed)[1].legal_bases}
    assert len(wanted & found) >= LEAST * max(len(wanted), len(found))


def test_the_targets_that_go_in_come_out_with_their_measures_and_days():
    right = [
        sorted((m["comparator"], m["value"]) for m in gold["measures"])
        == sorted((m["comparator"], m["value"]) for m in found.get("measures", [{"comparator": "", "value": 0}]))
        and times(gold, "due") == times(found, "due")
        for gold, found in records("targets")
    ]
    assert share(right) >= LEAST


def test_the_tasks_that_go_in_come_out_with_their_units_and_days():
    right = [
        sorted((plain_name(u["name"]), u["role"]) for u in gold.get("units", []))
        == sorted((plain_name(u["name"]), u["role"]) for u in found.get("units", [{"name": "", "role": ""}]))
        and times(gold, "deadline") == times(found, "deadline")
        and gold["kind"] == found.get("kind")
        for gold, found in records("tasks")
    ]
    assert share(right) >= LEAST_OF_TASKS


def test_nothing_comes_out_that_did_not_go_in():
    wanted = sum(len(read(seed)[0].gold[kind]) for seed in SEEDS for kind in ("targets", "tasks"))
    found = sum(len(read(seed)[1].targets) + len(read(seed)[1].tasks) for seed in SEEDS)
    assert found <= wanted / LEAST


SUBJECT_WORDS = ("general", "targets", "counts", "duties")
WORDS = [
    text.partition("|")[0].replace("{level}", "").strip()
    for text in [
        *(text for subject in wordings()["subjects"] for part in SUBJECT_WORDS for text in subject[part]),
        *wordings()["results"],
        *wordings()["extra_work"],
        *wordings()["purposes"],
    ]
]


def test_the_wordings_are_not_the_lexicons():
    """None of the lexicon's phrases or examples holds a wording, and none of the longer ones is held by one."""
    names = ("verbs", "attributes", "headings", "lead_ins", "nouns", "closing", "targets", "funding")
    sections = {name: list(sections_of(name)) for name in names}
    known = {
        fold(text) for found in sections.values() for phrase in found for text in (phrase.phrase, *phrase.examples)
    }
    shared = [
        (word, text)
        for word in map(fold, WORDS)
        for text in known
        if word in text or (len(text.split()) > LONGEST_SHARED and text in word)
    ]
    assert shared == []


def sections_of(name: str):
    return (phrase for section in load(name) for phrase in phrases(name, section))


def test_a_laid_out_form_leaves_lines_and_damage_to_the_file():
    for seed in range(50):
        chosen = form(Random(seed), laid_out=True)
        assert (chosen["lines"], chosen["damage"], chosen["markup"], chosen["tables"]) == (
            "whole",
            "none",
            "none",
            "pipes",
        )


@pytest.mark.parametrize("kind", ["text", "docx"])
def test_files_are_written_with_their_gold(tmp_path, kind):
    made = write_plans(range(2), tmp_path / "plans", tmp_path / "gold", kind)
    assert [path.exists() and (tmp_path / "gold" / f"{path.name}.json").exists() for _, path in made] == [True, True]
