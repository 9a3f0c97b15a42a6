"""The kinds of page that `bench.site` asks for, each with addresses made of what the database holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.world import World
from publish.pages.asked import address

MEASURE = "table of tasks of a plain Datasette"
CHARTS = ("compare, chart", "unit, workload chart")
SEARCHED = "table of tasks, searched"
ONLY_TOLD = {SEARCHED, *CHARTS}  # Datasette looks at every match; charts are drawn apart from pages, and kept
# With the columns that hold counts by value: they are counted by the first reader once the file has changed.
TABLES = ("plans", "targets", "tasks", "task_units", "problems", "legal_bases", "measures")
VIEWS = ("so_sanh_chi_tieu", "lich_nhiem_vu", "nhiem_vu_theo_don_vi", "tien_do", "van_de_theo_ke_hoach")
STANDING = ("tinh_trang_chi_tieu", "nhiem_vu_cham")


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, the status that it is to answer with, and whether a plain Datasette is asked."""

    path: str
    status: int = 200
    plain: bool = False


def _place(world: World) -> Asked:
    """Some words of a plan."""
    plan = world.one(world.plans)
    start = world.chance.randrange(plan["length"] - 1)
    return Asked(world.to.source(plan["id"], start, start + world.chance.randint(1, 200)))


def _table(world: World, *, plain: bool = False, **query: object) -> Asked:
    """Datasette's table of tasks, from some task on."""
    return Asked(address("/plans/tasks", _next=world.one(world.tasks), **query), plain=plain)


Kind = Callable[[World], Asked]
KINDS: Mapping[str, Kind] = {
    MEASURE: lambda w: _table(w, plain=True, _nofacet=1),
    "table of tasks of a plain Datasette, no count": lambda w: _table(w, plain=True, _nofacet=1, _nocount=1),
    "table of tasks": lambda w: _table(w, _nofacet=1),
    "table, first page with counts by value": lambda w: Asked(w.table(w.one(TABLES))),
    "table of tasks, filtered": lambda w: Asked(w.table("tasks", quarter=w.one(w.quarters), kind="task")),
    SEARCHED: lambda w: Asked(w.table("tasks", _search=w.rare)),
    "list of tables": lambda w: Asked(address("/plans", x=w.chance.random())),
    "view, first page": lambda w: Asked(w.table(w.one(VIEWS))),
    "view, of a locality": lambda w: Asked(w.table(w.one(VIEWS[:4]), dia_phuong=w.one(w.places))),
    "view, as of a day": lambda w: Asked(w.table(w.one(STANDING), tu_ngay__lte=(day := w.day), den_ngay__gte=day)),
    "view, a page of CSV": lambda w: Asked(
        address(f"/plans/{w.one(STANDING)}.csv", tu_ngay__lte=(day := w.day), den_ngay__gte=day, _size=100)
    ),
    "row of a table": lambda w: Asked(f"/plans/tasks/{w.one(w.tasks)}"),
    "home": lambda w: Asked(w.to.home() + f"?{w.chance.random()}"),
    "plan": lambda w: Asked(w.to.plan(w.one(w.plans))),
    "plan cited by others": lambda w: Asked(w.to.plan(w.one(w.cited))),
    "target": lambda w: Asked(w.to.target(w.one(w.targets))),
    "task": lambda w: Asked(w.to.task(w.one(w.tasks))),
    "place in a plan": _place,
    "whole text": lambda w: Asked(w.to.plan(w.one(w.plans), "nguon")),
    "compare, choice": lambda w: Asked(w.to.compare(tim_noi=w.one(w.words))),
    "compare, one indicator": lambda w: Asked(w.to.compare(chi_so=w.one(w.indicators), nam=w.year)),
    "compare, commonest indicator": lambda w: Asked(
        w.to.compare(chi_so=w.indicators[0], trang=w.chance.randint(1, 30))
    ),
    "compare, three indicators": lambda w: Asked(w.to.compare(chi_so=w.chance.sample(w.indicators, 3), nam=w.year)),
    "compare, ten localities": lambda w: Asked(w.to.compare(dia_phuong=w.some_localities(10))),
    "compare, a province": lambda w: Asked(w.to.compare(chi_so=w.one(w.indicators), tinh=w.one(w.provinces))),
    "compare, by words": lambda w: Asked(w.to.compare(tu_khoa=w.phrase)),
    CHARTS[0]: lambda w: Asked(w.to.compare_chart(**w.one(w.drawn))),
    "compare, a target and those like it": lambda w: Asked(w.to.compare_target(w.one(w.targets))),
    "compare, choice of a plan": lambda w: Asked(w.to.compare_plans(a=w.one(w.plans)["id"])),
    "compare, two plans": lambda w: Asked(w.to.compare_plans(a=w.one(w.plans)["id"], b=w.one(w.plans)["id"])),
    "compare, with the province": lambda w: Asked(w.to.compare_above(ke_hoach=w.one(w.plans)["id"])),
    "calendar": lambda w: Asked(w.to.calendar(nam=w.year, trang=w.chance.randint(1, 9))),
    "calendar, a quarter": lambda w: Asked(w.to.calendar(quy=w.one(w.quarters))),
    "calendar, a quarter of a unit": lambda w: Asked(w.to.calendar(quy=w.one(w.quarters), don_vi=w.one(w.units)["id"])),
    "calendar, a quarter of the busiest units": lambda w: Asked(
        w.to.calendar(quy=w.one(w.quarters), don_vi=w.one(w.busiest), vai_tro="lead")
    ),
    "calendar, a quarter of a locality": lambda w: Asked(
        w.to.calendar(quy=w.one(w.quarters), dia_phuong=w.one(w.localities)["id"])
    ),
    "calendar, a month": lambda w: Asked(w.to.calendar(thang=f"{w.year}-{w.chance.randint(1, 12):02}")),
    "calendar, a month as a grid": lambda w: Asked(
        w.to.calendar(thang=f"{w.year}-{w.chance.randint(1, 12):02}", xem="luoi")
    ),
    "calendar, overdue": lambda w: Asked(w.to.calendar(qua_han_den=f"{w.year}-{w.chance.randint(1, 12):02}-15")),
    "calendar, a busy unit's feed": lambda w: Asked(w.to.unit_feed(w.one(w.busiest), x=w.chance.random())),
    "calendar, a unit's feed": lambda w: Asked(w.to.unit_feed(w.one(w.units)["id"])),
    "calendar, a locality's feed": lambda w: Asked(w.to.locality_feed(w.one(w.localities)["id"])),
    "progress": lambda w: Asked(w.to.progress(w.day)),
    "progress, targets behind": lambda w: Asked(w.to.progress(w.day, xem="chi-tieu", trang=w.chance.randint(1, 3))),
    "progress, late tasks": lambda w: Asked(w.to.progress(w.day, xem="nhiem-vu", trang=w.chance.randint(1, 3))),
    "progress, missing reports": lambda w: Asked(w.to.progress(w.day, xem="bao-cao")),
    "progress, by locality": lambda w: Asked(w.to.progress(w.day, xem="dia-phuong", trang=w.chance.randint(1, 3))),
    "progress, a province": lambda w: Asked(w.to.progress(w.day, tinh=w.one(w.provinces))),
    "progress, a locality": lambda w: Asked(w.to.progress(w.day, dia_phuong=w.one(w.localities)["id"])),
    "progress, a unit": lambda w: Asked(w.to.progress(w.day, don_vi=w.one(w.units)["id"])),
    "progress, an indicator": lambda w: Asked(w.to.progress(w.day, chi_so=w.one(w.indicators))),
    "progress, a plan": lambda w: Asked(w.to.plan(w.one(w.plans), "tien-do") + f"?den-ngay={w.day}"),
    "units": lambda w: Asked(w.to.units(trang=w.chance.randint(1, 9))),
    "units, by a word": lambda w: Asked(w.to.units(tu_khoa=w.one(w.unit_words))),
    "unit": lambda w: Asked(w.to.unit(w.one(w.units)["id"])),
    "unit, the busiest": lambda w: Asked(w.to.unit(w.one(w.busiest), trang=w.chance.randint(1, 40))),
    "unit, the busiest, narrowed": lambda w: Asked(
        w.to.unit(w.one(w.busiest), vai_tro="lead", quy=w.one(w.quarters), trang=w.chance.randint(1, 2))
    ),
    "unit, the busiest, by words": lambda w: Asked(w.to.unit(w.one(w.busiest), tu_khoa=w.one(w.counted[:200]))),
    CHARTS[1]: lambda w: Asked(w.to.workload(w.one(w.charted))),
    "search, rare words": lambda w: Asked(w.to.search(tu_khoa=w.rare)),
    "search, common words": lambda w: Asked(w.to.search(tu_khoa=w.common)),
    "search, one common word": lambda w: Asked(
        w.to.search(tu_khoa=w.one(w.counted[:40]), trang=w.chance.randint(1, 9))
    ),
    "search, a phrase": lambda w: Asked(w.to.search(tu_khoa=f'"{w.phrase}"')),
    "search, the beginning of a word": lambda w: Asked(w.to.search(tu_khoa=f"{w.one(w.counted)[:3]}*")),
    "search, one letter and a star": lambda w: Asked(w.to.search(tu_khoa=f"{w.one(w.counted)[:1]}*")),
    "search, nothing found": lambda w: Asked(w.to.search(tu_khoa=f"zq{w.chance.randrange(10**9)}")),
    "search, no words": lambda w: Asked(w.to.search(nam=w.year, tinh=w.one(w.provinces))),
    "search, narrowed": lambda w: Asked(w.to.search(tu_khoa=w.one(w.counted[:60]), loai="nhiem-vu", nam=w.year)),
    "search, by a unit": lambda w: Asked(w.to.search(tu_khoa=w.one(w.counted[:60]), don_vi=w.one(w.busiest))),
    "search, whole texts": lambda w: Asked(w.to.search(tu_khoa=w.common, loai="toan-van")),
    "search, by deadline": lambda w: Asked(
        w.to.search(tu_khoa=w.one(w.counted[:60]), sap_xep="thoi-han", quy=w.quarter)
    ),
    "search, many words": lambda w: Asked(w.to.search(tu_khoa=" ".join(w.chance.sample(w.counted[:300], 12)))),
    "plans": lambda w: Asked(w.to.plans(trang=w.chance.randint(1, 40))),
    "plans, narrowed": lambda w: Asked(w.to.plans(nam=w.year, tinh=w.one(w.provinces))),
    "plans, by words": lambda w: Asked(w.to.plans(tu_khoa=w.one(w.words), nam=w.year)),
    "localities": lambda w: Asked(w.to.localities(trang=w.chance.randint(1, 20))),
    "localities, by a word": lambda w: Asked(w.to.localities(tu_khoa=w.one(w.words))),
    "locality": lambda w: Asked(w.to.locality(w.one(w.localities)["id"])),
    "locality, the fullest": lambda w: Asked(w.to.locality(w.one(w.fullest), x=w.chance.random())),
    "quality": lambda w: Asked(w.to.quality(x=w.chance.random())),
    "quality, a kind of problem": lambda w: Asked(w.to.quality(loai=w.one(w.problems), trang=w.chance.randint(1, 20))),
    "quality, a plan": lambda w: Asked(w.to.quality(ke_hoach=w.one(w.plans)["id"])),
    "quality, by source of text": lambda w: Asked(w.to.quality(nguon_chu="text", trang=w.chance.randint(1, 40))),
    "downloads": lambda w: Asked(w.to.downloads(nam=w.year, dia_phuong=w.one(w.localities)["id"])),
    "plan as a workbook": lambda w: Asked(w.to.plan(w.one(w.plans)) + ".xlsx"),
    "plan as JSON": lambda w: Asked(w.to.plan(w.one(w.plans)) + ".json"),
    "no such page": lambda w: Asked(w.to.path(f"/khong-co-{w.chance.random()}"), 404),
    "no such plan": lambda w: Asked(w.to.path(f"/ke-hoach/khong-co-{w.chance.random()}"), 404),
}
