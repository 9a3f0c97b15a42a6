"""The site's addresses, in one place: readable, and the same for as long as the thing is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from datasette.utils import tilde_encode

from publish.pages.asked import address
from publish.pages.page import DATABASE

TARGETS, TASKS = "chi-tieu", "nhiem-vu"


@dataclass(frozen=True, slots=True)
class Addresses:
    """`path` puts the `base_url` of a site behind a proxy before a path."""

    path: Callable[[str], str]

    def home(self) -> str:
        """Trang chủ."""
        return self.path("/")

    def plans(self, **query: object) -> str:
        """Kế hoạch, all of them or those asked for."""
        return self.path(address("/ke-hoach", **query))

    def plan(self, plan: Mapping[str, object], part: str = "") -> str:
        """One plan, from a row with `id` and `slug` (or `plan_id` and `plan_slug`); `part` goes on from there.

        >>> Addresses(str).plan({"id": "2063c9aba96fa48d", "slug": "chuyen-doi-so"}, "nguon")
        '/ke-hoach/chuyen-doi-so-2063c9aba96fa48d/nguon'
        """
        key = plan.get("plan_id") or plan.get("id")
        slug = plan.get("plan_slug") or plan.get("slug")
        own = f"/ke-hoach/{slug}-{key}" if slug else f"/ke-hoach/{key}"
        return self.path(f"{own}/{part}" if part else own)

    def progress_report(self, plan: Mapping[str, object], form: str, as_of: object, start: object = None) -> str:
        """A plan's progress report as of a day (ISO 8601), "docx" or "xlsx"; `start` begins its time."""
        return address(self.plan(plan, f"bao-cao-tien-do.{form}"), **{"den-ngay": as_of, "tu-ngay": start})

    def target(self, key: str) -> str:
        """A target's permalink, with its source."""
        return self.path(f"/{TARGETS}/{quote(key, safe='')}")

    def task(self, key: str) -> str:
        """A task's permalink, with its source."""
        return self.path(f"/{TASKS}/{quote(key, safe='')}")

    def source(self, plan_id: str, start: int | None, end: int | None) -> str:
        """Where `plans.text[start:end]` stands in the document."""
        return self.path(address(f"/ke-hoach/{plan_id}/nguon", tu=start, den=end))

    def page_picture(self, plan_id: str, page: int, size: str = "") -> str:
        """A page of the document as a picture; the size "lon" is for looking at it by itself."""
        return self.path(address(f"/ke-hoach/{plan_id}/trang/{page}.png", co=size))

    def page(self, plan: Mapping[str, object], page: int) -> str:
        """A page of the document with all that was read on it."""
        return self.plan(plan, f"trang/{page}")

    def compare(self, **query: object) -> str:
        """So sánh: targets of one indicator over localities."""
        return self.path(address("/so-sanh", **query))

    def compare_plans(self, **query: object) -> str:
        """So sánh: two plans side by side."""
        return self.path(address("/so-sanh/ke-hoach", **query))

    def compare_above(self, **query: object) -> str:
        """So sánh: a commune's targets against its province's."""
        return self.path(address("/so-sanh/cap-tren", **query))

    def compare_target(self, key: str) -> str:
        """So sánh: the targets of other plans that are worded like this one."""
        return self.path(f"/so-sanh/{TARGETS}/{quote(key, safe='')}")

    def compare_chart(self, key: str = "", **query: object) -> str:
        """The chart of a comparison by indicator, or of the targets like one."""
        own = f"{TARGETS}/{quote(key, safe='')}" if key else "bieu-do"
        return self.path(address(f"/so-sanh/{own}.svg", **query))

    def calendar(self, **query: object) -> str:
        """Lịch."""
        return self.path(address("/lich", **query))

    def calendar_feed(self, **query: object) -> str:
        """The tasks of units and places as an iCalendar."""
        return self.path(address("/lich.ics", **query))

    def unit_feed(self, key: str, **query: object) -> str:
        """A unit's tasks as an iCalendar."""
        return self.path(address(f"/don-vi/{quote(key, safe='')}.ics", **query))

    def locality_feed(self, key: str) -> str:
        """The tasks of a locality's plans as an iCalendar."""
        return self.path(f"/dia-phuong/{quote(key, safe='')}.ics")

    def workload(self, key: str, **query: object) -> str:
        """A unit's tasks by quarter as a picture."""
        return self.path(address(f"/don-vi/{quote(key, safe='')}/khoi-luong.svg", **query))

    def progress(self, day: str = "", **query: object) -> str:
        """Tiến độ, as of an ISO day."""
        return self.path(address("/tien-do", **{"den-ngay": day, **query}))

    def target_chart(self, key: str, **query: object) -> str:
        """What was reached of a target over time, as a picture."""
        return self.path(address(f"/{TARGETS}/{quote(key, safe='')}/tien-do.svg", **query))

    def units(self, **query: object) -> str:
        """Đơn vị, all of them or those asked for."""
        return self.path(address("/don-vi", **query))

    def unit(self, key: str, **query: object) -> str:
        """One unit."""
        return self.path(address(f"/don-vi/{quote(key, safe='')}", **query))

    def localities(self, **query: object) -> str:
        """Địa phương, all of them or those asked for."""
        return self.path(address("/dia-phuong", **query))

    def locality(self, key: str, **query: object) -> str:
        """One locality."""
        return self.path(address(f"/dia-phuong/{quote(key, safe='')}", **query))

    def search(self, **query: object) -> str:
        """Tìm kiếm."""
        return self.path(address("/tim-kiem", **query))

    def quality(self, **query: object) -> str:
        """Chất lượng."""
        return self.path(address("/chat-luong", **query))

    def downloads(self, name: str = "", **query: object) -> str:
        """Tải về, or one of its files."""
        return self.path(address(f"/tai-ve/{name}" if name else "/tai-ve", **query))

    def row(self, table: str, key: object) -> str:
        """A row of a table, on Datasette's own page."""
        return self.path(f"/{DATABASE}/{table}/{tilde_encode(str(key))}")

    def static(self, name: str) -> str:
        """A file of `site/static`."""
        return self.path(f"/static/{name}")
