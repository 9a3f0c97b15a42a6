"""Random plans in the form of NĐ 30/2020 with the record that each should be read as, made with words of their own."""

from dataclasses import dataclass
from random import Random

from corpus.generate.due import Json
from corpus.generate.facts import facts
from corpus.generate.forms import Form, form
from corpus.generate.setting import markdown, old_tones, plain_text
from corpus.generate.writing import gold, written


@dataclass(frozen=True, slots=True)
class Generated:
    """A plan as text or Markdown, its gold, and the form that it was given."""

    name: str
    content: str
    gold: Json
    form: Form


def generated(seed: int, *, layout: bool = False) -> Generated:
    """The plan of a seed; with `layout` as Markdown that `corpus.layouts` sets, else as text with its form's damage."""
    rng = Random(seed)  # noqa: S311  (nothing is to be kept secret)
    plan = written(facts(rng), form(rng, laid_out=layout), rng)
    name = f"g{seed:06d}.{'md' if layout else 'txt'}"
    content = markdown(plan.blocks) if layout else plain_text(plan.blocks, plan.form, rng)
    record = gold(plan, name)
    return Generated(name, content, old_tones(record) if plan.form["damage"] == "old tone marks" else record, plan.form)
