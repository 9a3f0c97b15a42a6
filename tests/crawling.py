"""The site as a crawler sees it: a few pages of every kind that links lead to, so that new pages are seen unasked."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser

from tests.site import Site

_ATTRIBUTES = ("href", "src", "action", "formaction", "srcset", "data", "poster", "xlink:href")
_FOLLOWED = "a[href], link[href], script[src], img[src], iframe[src], form:not([method=post])[action], image[href]"
_KEY = re.compile(r"\d|.{24}")


@dataclass(frozen=True)
class Visited:
    """A page as it was answered; `links` are all addresses in its markup, `lead_on` those a reader or browser follows."""

    path: str
    status: int
    kind: str
    body: bytes
    links: tuple[str, ...] = ()
    lead_on: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        return self.body.decode() if self.kind.startswith("text/html") else ""


def crawl(
    site: Site, start: str, *, under: str = "/", stripped: bool = False, most: int = 250, **headers: str
) -> list[Visited]:
    """Pages from `start` on, at most two of a kind; `stripped`: asked as by a proxy that takes `under` away.

    `headers` go with every request. Addresses outside `under` are not followed; a redirection is followed as a link is.
    """
    waiting, known, kinds = deque([start]), {start}, Counter[str]()
    visited: list[Visited] = []
    while waiting and len(visited) < most:
        path = waiting.popleft()
        kinds[kind_of(path)] += 1
        if kinds[kind_of(path)] > 2:
            continue
        visited.append(_visit(site, path, "/" + path.removeprefix(under) if stripped else path, headers))
        for link in visited[-1].lead_on:
            if link.startswith(under) and not link.startswith("//") and link not in known:
                known.add(link)
                waiting.append(link)
    return visited


def kind_of(path: str) -> str:
    """The path with keys left out, and the names of what is asked.

    >>> kind_of("/ke-hoach/y-te-2063c9aba96fa48d?trang=2")
    '/ke-hoach/*?trang'
    """
    parts = urlsplit(path)
    segments = ("*" if _KEY.search(one) else one for one in parts.path.split("/"))
    return "/".join(segments) + "?" + "&".join(sorted({name for name, _ in parse_qsl(parts.query)}))


def _visit(site: Site, path: str, sent: str, sending: dict[str, str]) -> Visited:
    status, headers, body = site.raw(sent, **sending)
    kind = headers.get("content-type", "")
    if location := headers.get("location"):
        return Visited(path, status, kind, body, (location,), (location,))
    if not kind.startswith("text/html"):
        return Visited(path, status, kind, body)
    page = LexborHTMLParser(body.decode())
    return Visited(path, status, kind, body, tuple(_addresses(page)), tuple(_followed(page)))


def _addresses(page: LexborHTMLParser) -> Iterator[str]:
    for name in _ATTRIBUTES:
        css = f"[{name}]" if ":" not in name else "image, use"
        yield from (value for node in page.css(css) if (value := node.attributes.get(name)))


def _followed(page: LexborHTMLParser) -> Iterator[str]:
    for node in page.css(_FOLLOWED):
        given = node.attributes.get("href") or node.attributes.get("src") or node.attributes.get("action") or ""
        yield given.partition("#")[0]
