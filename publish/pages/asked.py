"""What an address asks for after its "?": words, choices and page numbers, whatever people put there."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from datasette.utils.asgi import Request

from publish.pages.language import PARAMETER
from publish.pages.page import DATABASE

_LONGEST = 300  # letters of what is typed; the rest is cut off
_FARTHEST = 100_000  # pages


def word(request: Request, name: str, default: str = "") -> str:
    """What stands under a name, without blanks around it and without characters that no text has."""
    given = str(request.args.get(name) or default)
    return "".join(c for c in given if c.isprintable()).strip()[:_LONGEST]


def words(request: Request, name: str) -> list[str]:
    """All that stands under a name, each once, in order."""
    given = ("".join(c for c in str(one) if c.isprintable()).strip()[:_LONGEST] for one in request.args.getlist(name))
    return list(dict.fromkeys(one for one in given if one))


def whole_number(request: Request, name: str, default: int, *, least: int = 1, most: int = _FARTHEST) -> int:
    """A whole number within bounds; the default where there is none."""
    given = word(request, name)
    return min(max(int(given), least), most) if given.isascii() and given.isdigit() else default


def address(path: str, /, **query: object) -> str:
    """A path with what is asked there; what is empty is left out, a list stands once for each of its words.

    >>> address("/lich", quy="2026-Q2", don_vi=["a b", "c"], trang=None)
    '/lich?quy=2026-Q2&don_vi=a+b&don_vi=c'
    """
    pairs = [(name, one) for name, given in query.items() for one in (given if isinstance(given, list) else [given])]
    kept = [(name, one) for name, one in pairs if one not in (None, "")]
    return f"{path}?{urlencode(kept)}" if kept else path


def own_path(request: Request, base_url: str) -> str:
    """The page's path without the `base_url` that a proxy may have left before it."""
    path = str(request.path)
    return "/" + path[len(base_url) :] if base_url != "/" and path.startswith(base_url) else path


def on_site(url: str, base_url: str) -> str:
    """The path of an address on this site, without the host that the program believes to be its own.

    >>> on_site("http://127.0.0.1:8001/kehoach/plans?_next=2", "/kehoach/"), on_site("/plans", "/kehoach/")
    ('/kehoach/plans?_next=2', '/kehoach/plans')
    """
    parts = urlsplit(str(url))
    path = parts.path if parts.path.startswith(base_url) else base_url + parts.path.lstrip("/")
    return path + (f"?{parts.query}" if parts.query else "")


def changed(request: Request, path: str, /, **changes: object) -> str:
    """The path with what is asked now, some of it changed; None takes a word out. Goes back to the first page."""
    kept: dict[str, object] = {name: request.args.getlist(name) for name in request.args if name != PARAMETER}
    if not path.startswith(f"/{DATABASE}/"):  # there it is a column
        kept.pop("trang", None)
    return address(path, **{**kept, **changes})


@dataclass(frozen=True, slots=True)
class Pager:
    """Which of how many things a page shows; pages count from 1."""

    page: int
    size: int
    total: int

    @property
    def offset(self) -> int:
        """How many things come before."""
        return (self.page - 1) * self.size

    @property
    def last(self) -> int:
        """The last page's number."""
        return max(1, -(-self.total // self.size))
