"""The site's addresses, in one place: readable, and the same for as long as the thing is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from publish.pages.asked import address

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

    def target(self, key: str) -> str:
        """A target's permalink, with its source."""
        return self.path(f"/{TARGETS}/{quote(key)}")

    def task(self, key: str) -> str:
        """A task's permalink, with its source."""
        return self.path(f"/{TASKS}/{quote(key)}")

    def source(self, plan_id: str, start: int | None, end: int | None) -> str:
        """Where `plans.text[start:end]` stands in the document."""
        return self.path(address(f"/ke-hoach/{plan_id}/nguon", tu=start, den=end))

    def page_picture(self, plan_id: str, page: int) -> str:
        """A page of the document as a picture."""
        return self.path(f"/ke-hoach/{plan_id}/trang/{page}.png")

    def compare(self, **query: object) -> str:
        """So sánh: targets of one indicator over localities."""
        return self.path(address("/so-sanh", **query))

    def compare_plans(self, **query: object) -> str:
        """So sánh: two plans side by side."""
        return self.path(address("/so-sanh/ke-hoach", **query))

    def calendar(self, **query: object) -> str:
        """Lịch."""
        return self.path(address("/lich", **query))

    def units(self, **query: object) -> str:
        """Đơn vị, all of them or those asked for."""
        return self.path(address("/don-vi", **query))

    def unit(self, key: str, **query: object) -> str:
        """One unit."""
        return self.path(address(f"/don-vi/{quote(key)}", **query))

    def search(self, **query: object) -> str:
        """Tìm kiếm."""
        return self.path(address("/tim-kiem", **query))

    def quality(self, **query: object) -> str:
        """Chất lượng."""
        return self.path(address("/chat-luong", **query))

    def downloads(self, name: str = "") -> str:
        """Tải về, or one of its files."""
        return self.path(f"/tai-ve/{name}" if name else "/tai-ve")

    def static(self, name: str) -> str:
        """A file of `site/static`."""
        return self.path(f"/static/{name}")
