"""Facts and a form -> a plan's blocks, and the record that it should be read as."""

from random import Random

from corpus.generate.assignments import write_appendix, write_assignments
from corpus.generate.due import Json
from corpus.generate.ends import document, write_end, write_top
from corpus.generate.facts import Facts
from corpus.generate.forms import Form
from corpus.generate.goals import write_goals
from corpus.generate.issuers import wordings
from corpus.generate.plan import Written
from corpus.generate.work import write_work


def written(facts: Facts, form: Form, rng: Random) -> Written:
    """The plan in this form."""
    plan = Written(facts, form, rng)
    write_top(plan)
    if form["opening"] == "look back":
        plan.section(plan.named("look_back"))
        for text in wordings()["look_back"]:
            plan.add(text.format(before=facts.year - 1, topic=facts.topic))
    write_goals(plan)
    if form["opening"] == "section of time":
        plan.section(plan.named("time"))
        plan.add(f"Từ ngày 01/02/{facts.year} đến hết ngày 31/12/{facts.year}.")
    write_work(plan)
    if form["funding"] == "section":
        plan.section(plan.named("funding"))
        for text in wordings()["funding"]:
            plan.add(text)
    write_assignments(plan)
    write_end(plan)
    write_appendix(plan)
    return plan


def gold(plan: Written, name: str) -> Json:
    """The record of the plan in a file of this name."""
    return {
        "doc": name,
        "document": document(plan.facts, plan.form),
        "legal_bases": [{"number": basis.number, "date": basis.date.isoformat()} for basis in plan.facts.bases],
        "targets": plan.targets,
        "tasks": plan.tasks,
    }
