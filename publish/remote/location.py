"""What is given on the command line -> a path of this machine, or a URL that fsspec opens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

# What fsspec needs to open each kind of URL, beside itself.
PACKAGES: Mapping[str, str | None] = MappingProxyType(
    {"s3": "s3fs", "gs": "gcsfs", "http": "aiohttp", "https": "aiohttp", "memory": None}
)
WEB = frozenset({"http", "https"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remote:
    """A file or folder at a URL; its `size` in bytes and `fingerprint` where a listing told them.

    The fingerprint is another when the content is another; None where the server tells nothing that would show it.
    """

    url: str
    size: int | None = field(default=None, compare=False)
    fingerprint: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """The URL as it may be shown: without a password or the key of a signed address.

        >>> str(Remote("https://u:p@host:81/a%20b.pdf?X-Amz-Signature=1")), str(Remote("s3://plans/a b?.pdf"))
        ('https://host:81/a%20b.pdf', 's3://plans/a b?.pdf')
        """
        if self.scheme not in WEB:
            return self.url
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()

    @property
    def scheme(self) -> str:
        """Like "s3"."""
        return self.url.partition("://")[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """Host or bucket, folders and file, as people read them.

        >>> Remote("http://host/x/K%E1%BA%BF%20ho%E1%BA%A1ch.pdf?v=2").parts
        ('host', 'x', 'Kế hoạch.pdf')
        """
        if self.scheme not in WEB:
            return tuple(part for part in self.url.partition("://")[2].split("/") if part)
        shown = urlsplit(str(self))
        return (shown.netloc, *(part for part in unquote(shown.path).split("/") if part))

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.parts[-1]

    @property
    def suffix(self) -> str:
        """Like ".pdf"."""
        return PurePosixPath(self.name).suffix

    def with_name(self, name: str) -> "Remote":
        """The file of this name in the same folder."""
        return Remote(f"{self.url.partition('?')[0].rpartition('/')[0]}/{name}")

    def joinpath(self, name: str) -> "Remote":
        """The file of this name in this folder."""
        return Remote(f"{self.url.rstrip('/')}/{name}")

    def told(self, size: int | None, fingerprint: str | None) -> "Remote":
        """The same with what a listing tells."""
        return replace(self, size=size, fingerprint=fingerprint)


Location: TypeAlias = Path | Remote


def located(given: str | Path) -> Location:
    """A path of this machine, also of a file:// URL, or else a Remote. Raises ValueError for URLs of other kinds.

    >>> [str(located(given)) for given in ("ke-hoach/1.pdf", "file:///tmp/a%20b.pdf", "S3://plans/1.pdf")]
    ['ke-hoach/1.pdf', '/tmp/a b.pdf', 's3://plans/1.pdf']
    """
    found = _SCHEME.match(str(given))
    if isinstance(given, Path) or not found:
        return Path(given)
    scheme, rest = found[1].lower(), given[found.end() :]
    if scheme == "file":
        return Path(url2pathname(urlsplit(given).path))
    if scheme not in PACKAGES or not rest.strip("/"):
        raise ValueError(given)
    return Remote(f"{scheme}://{rest}")


def is_hidden(inner: str) -> bool:
    """Whether a path within a folder is hidden, or the lock file of Word ("~$…") or LibreOffice (".~lock…").

    >>> is_hidden("a/.git/x.txt"), is_hidden("a/~$1.docx"), is_hidden("a/1.docx")
    (True, True, False)
    """
    return any(part.startswith((".", "~$")) for part in inner.split("/"))
