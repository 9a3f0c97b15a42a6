"""A seed -> what a plan says, whatever its form: issuer, bases, targets, tasks, and who does what by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from corpus.generate.due import Json, Said, deadline
from corpus.generate.issuers import Issuer, issuer, wordings
from corpus.generate.measured import Goal, targets

_WITH_A_RESULT, _WITH_A_NUMBER, _WITH_A_REPORT = 0.4, 0.4, 0.3
_SHAPES = (
    "plain", "plain", "plain", "with a purpose", "clauses", "numbers in the line", "with an example", "two sentences",
    "with a citation", "with a horizon", "with a count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """A task without its attributes in words; the form says how they are printed."""

    text: str
    shape: str
    lead: str
    others: tuple[str, ...]
    deadline: Said
    result: Said | None


@dataclass(frozen=True, slots=True)
class Duty:
    """What a unit has to do; `role` is what its first words make of the unit."""

    text: str
    role: str
    way: str
    deadline: Said | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that the plan is based on."""

    text: str
    number: str
    date: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a plan says."""

    issuer: Issuer
    province: str
    year: int
    number: int
    issued: date
    signer: str
    about: str
    topic: str
    bases: Sequence[Basis]
    general: Sequence[Goal]
    targets: Sequence[Goal]
    groups: Sequence[tuple[str, Sequence[Work]]]
    duties: Sequence[tuple[str, Sequence[Duty]]]
    extra: Sequence[Work]


def facts(rng: Random) -> Facts:
    """What a random plan says."""
    subject = rng.choice(wordings()["subjects"])
    place = rng.choice(wordings()["places"])
    body = issuer(rng, place)
    year = rng.choice((2026, 2027, 2028))  # after the reform of 2025 that made the places
    units = rng.sample(list(body.units), k=min(len(body.units), rng.randint(3, 6)))
    duties = rng.sample(subject["duties"], k=len(subject["duties"]))
    bases = rng.sample(wordings()["bases"], k=rng.randint(1, 4))
    return Facts(
        issuer=body,
        province=place["province"],
        year=year,
        number=rng.randint(1, 480),
        issued=date(year, 1, 1) + timedelta(days=rng.randrange(-40, 60)),
        signer=rng.choice(wordings()["people"]),
        about=subject["about"],
        topic=subject["topic"],
        bases=[_basis(rng, one, place, subject["topic"], year) for one in bases],
        general=[Goal(text + ".") for text in rng.sample(subject["general"], k=rng.randint(1, 2))],
        targets=targets(rng, subject, year),
        groups=_groups(rng, duties, units, year),
        duties=_assigned(rng, subject, units[: rng.randint(2, len(units))], year),
        extra=[_work(rng, text, units, year) for text in wordings()["extra_work"][: rng.randint(2, 4)]],
    )


def _groups(rng: Random, duties: Sequence[str], units: Sequence[str], year: int) -> list[tuple[str, list[Work]]]:
    heads = rng.sample(wordings()["group_heads"], k=rng.randint(1, 3))
    return [
        (head, [_work(rng, text, units, year) for text in duties[at :: len(heads)]]) for at, head in enumerate(heads)
    ]


def _work(rng: Random, text: str, units: Sequence[str], year: int) -> Work:
    lead, *others = rng.sample(list(units), k=rng.randint(1, 3))
    shape = rng.choice(_SHAPES)
    words = wordings()
    first, second = (one[0].lower() + one[1:] for one in rng.sample(words["extra_work"], k=2))
    sentence = {
        "plain": text,
        "with a purpose": f"{text}, {rng.choice(words['purposes'])}",
        "clauses": f"{text}; {first}; {second}",
        "numbers in the line": f"{text}, gồm: (1) {first}; (2) {second}",
        "with an example": f"{text} (như {rng.choice(words['examples'])})",
        "two sentences": f"{text}. Chú trọng {rng.choice(words['wheres'])}",
        "with a citation": f"{text} theo {_cited(rng, year)}",
        "with a horizon": f"{text} theo quy hoạch đến năm {year + 5}",
        "with a count": f"{text} tại {rng.randint(2, 9):02d} điểm",
    }[shape]
    result = _result(rng) if rng.random() < _WITH_A_RESULT else None
    return Work(sentence, shape, lead, tuple(others), deadline(rng, year), result)


def _cited(rng: Random, year: int) -> str:
    return f"Quyết định số {rng.randint(10, 900)}/QĐ-UBND ngày 05/3/{year - 1} của UBND tỉnh"


def _result(rng: Random) -> Said:
    """What a task is to give; one with a number is a target too."""
    words = wordings()
    if rng.random() < _WITH_A_NUMBER:
        n, noun = rng.randint(2, 40), rng.choice(words["counted_results"])
        before, comparator = rng.choice([("", "="), ("Ít nhất ", ">="), ("Tối thiểu ", ">=")])
        measure = {"comparator": comparator, "value": n, "unit": noun}
        return Said(f"{before}{n:02d} {noun}", {"measures": [measure]}, "result with a number")
    return Said(rng.choice(words["results"]), {}, "result")


def _assigned(rng: Random, subject: Json, units: Sequence[str], year: int) -> list[tuple[str, list[Duty]]]:
    """What each unit has to do, none of it said twice."""
    words = wordings()
    texts = [f"{text} {where}" for text in (*subject["duties"], *words["extra_work"]) for where in words["wheres"]]
    left = iter(rng.sample(texts, k=len(texts)))
    found = [(unit, [_duty(rng, next(left)) for _ in range(rng.randint(1, 3))]) for unit in units]
    if rng.random() < _WITH_A_REPORT:
        rng.choice(found)[1].append(_report(rng, subject["topic"], year))
    return found


def _duty(rng: Random, text: str) -> Duty:
    lower = text[0].lower() + text[1:]
    ways = (
        (f"Chủ trì {lower}", "lead", "chủ trì"),
        (f"Chủ trì, phối hợp với các đơn vị liên quan {lower}", "lead", "chủ trì, phối hợp"),
        (f"Là cơ quan đầu mối {lower}", "lead", "đầu mối"),
        (f"Phối hợp với các đơn vị liên quan {lower}", "coordinate", "phối hợp"),
        (f"Chủ động phối hợp {lower}", "coordinate", "adverb and phối hợp"),
        (f"Tham mưu {lower}", "implement", "tham mưu"),
        (text, "implement", "bare"),
    )
    said, role, way = rng.choice(ways)
    return Duty(f"{said}.", role, way)


def _report(rng: Random, topic: str, year: int) -> Duty:
    day = rng.randint(5, 25)
    text, gold, way = rng.choice(
        [
            (
                f"trước ngày {day} hằng tháng",
                {"kind": "recurring", "rrule": f"FREQ=MONTHLY;BYMONTHDAY={day}"},
                "monthly",
            ),
            (f"trước ngày {day}/11/{year}", {"kind": "by", "end": f"{year}-11-{day:02d}"}, "by a day"),
            ("định kỳ hằng quý", {"kind": "recurring", "rrule": "FREQ=MONTHLY;INTERVAL=3"}, "quarterly"),
        ]
    )
    return Duty(f"Báo cáo kết quả về {topic} {text}.", "implement", "report", Said(text, gold, f"report {way}"))


def _basis(rng: Random, one: Json, place: Json, topic: str, year: int) -> Basis:
    day = date(year - 1, rng.randint(1, 12), rng.randint(1, 28))
    number = one["symbol"].format(n=rng.randint(2, 900), y=day.year)
    about = one["about"].format(topic=topic, kind=place["kind"], province=place["province"])
    of = " của " + one["of"].format(kind=place["kind"], province=place["province"]) if one["of"] else ""
    words = f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
    when = rng.choice([f"ngày {day.day:02d}/{day.month:02d}/{day.year}", words])
    return Basis(f"{one['kind']} số {number} {when}{of} {about}", number, day)
