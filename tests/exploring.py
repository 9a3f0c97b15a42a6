"""The site as its own links show it: its kinds of address, with some addresses of each as they answered."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from tests.site import Site

_KEY = re.compile(r"(/(?:ke-hoach|chi-tieu|nhiem-vu|don-vi|dia-phuong|bang|trang)/)[^/]+?(?=/|\.\w{2,5}$|$)")
_VALUES = {"trang", "_next"}  # say how a page is shown, not which page it is
_QUESTIONS = 4  # kinds of one path, by what is asked of it
_LANGUAGE = "_lang="
_DATASETTES = re.compile(r"/(plans|-)(/|\.|$)")


def kind(address: str) -> str:
    """What the addresses of one kind of page have in common.

    >>> kind("/ke-hoach/chuyen-doi-so-2063c9aba96fa48d/trang/3.png"), kind("/lich?quy=2026-Q2&trang=3")
    ('/ke-hoach/*/trang/*.png', '/lich?quy')
    """
    parts = urlsplit(address)
    own = _DATASETTES.match(parts.path)
    if own and own[1] == "plans":
        return re.sub(r"(?<=[^/]/)[^/.]+", "*", parts.path)
    if own:
        return parts.path
    path = _KEY.sub(r"\1*", parts.path)
    asked = sorted({name for name, _ in parse_qsl(parts.query)} - _VALUES)
    return f"{path}?{'&'.join(asked)}" if asked else path


@dataclass
class Found:
    """An address with what it answered, and the page that led to it."""

    address: str
    status: int
    media: str
    html: str = ""
    seen_on: str = ""

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it as a page."""
        return self.media == "text/html"


@dataclass
class Explored:
    """The addresses asked, by kind."""

    kinds: Mapping[str, list[Found]] = field(default_factory=lambda: defaultdict(list))

    @property
    def all(self) -> list[Found]:
        """Every address asked."""
        return [one for some in self.kinds.values() for one in some]

    def knows_enough(self, name: str, each: int) -> bool:
        """Whether `each` of the kind have been asked, or of a new kind whether its path has been asked enough else."""
        if name in self.kinds:
            return len(self.kinds[name]) >= each
        return sum(other.partition("?")[0] == name.partition("?")[0] for other in self.kinds) >= _QUESTIONS

    def pages(self) -> list[str]:
        """One page of each kind that is a page, the one with most on it."""
        return [
            max(some, key=lambda one: len(one.html)).address
            for some in ([one for one in each if one.is_page and one.status == 200] for each in self.kinds.values())
            if some
        ]


def explore(site: Site, starts: Iterable[str] = ("/",), *, each: int = 4, most: int = 400) -> Explored:
    """Ask what the pages link to, breadth first, `each` addresses of a kind."""
    found = Explored()
    known = set(starts)
    waiting = deque((start, "") for start in starts)
    while waiting and len(found.all) < most:
        address, seen_on = waiting.popleft()
        if found.knows_enough(kind(address), each):
            continue
        one = ask(site, address, seen_on)
        found.kinds[kind(address)].append(one)
        for link in links(one, site) if one.is_page else ():
            if link not in known and _LANGUAGE not in link:
                known.add(link)
                waiting.append((link, address))
    return found


def ask(site: Site, address: str, seen_on: str = "") -> Found:
    """What an address answers."""
    status, headers, body = site.get(address)
    kept = headers.get("content-disposition", "").startswith("attachment")
    media = "a file to keep" if kept else headers.get("content-type", "").partition(";")[0]
    return Found(address, status, media, body.decode("utf-8", "replace") if media.startswith("text/") else "", seen_on)


def links(page: Found, site: Site) -> list[str]:
    """The site's own addresses that a page links to, loads or sends forms to, without what follows "#"."""
    tree = LexborHTMLParser(page.html)
    given = [(node.attributes.get(name) or "") for name in ("href", "src", "action") for node in tree.css(f"[{name}]")]
    whole = [urlsplit(urljoin(site.address + page.address, one)) for one in given if not one.startswith("#")]
    own = [one for one in whole if f"{one.scheme}://{one.netloc}" == site.address]
    return list(dict.fromkeys(one.path + (f"?{one.query}" if one.query else "") for one in own))
