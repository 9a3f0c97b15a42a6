"""A plan, or a record of it -> how to cite it: a line in words, BibTeX, and CSL-JSON."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publish.pages.language import day, label, translated

_SPECIAL = re.compile(r"[\\{}$&#%_~^\"]")
_WRITTEN = {'"': "{''}", "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """`text` is a line to copy, `bibtex` an entry, `csl` what reference managers import."""

    text: str
    bibtex: str
    csl: dict[str, Any]

    @property
    def csl_json(self) -> str:
        """The item as a file of items."""
        return json.dumps([self.csl], ensure_ascii=False, indent=2)


@dataclass(frozen=True, slots=True)
class _Cited:
    """What is said of the thing that is cited."""

    key: str
    kind: str
    title: str
    issuer: str
    number: str
    place: str
    issued: tuple[str, ...]  # year, month, day as far as known
    note: str
    address: str


def cite(plan: Mapping[str, Any], address: str, what: str = "", place: str = "") -> Citation:
    """How to cite a plan, from its row; `what` and `place` say which record of it: "Nhiệm vụ 12", "mục III.2, trang 3".

    `address` is whole, with its host.
    """
    key = address.rsplit("/", 1)[-1] if what else str(plan["id"])
    issued = str(plan["issued_date"] or plan["issued_year"] or "")
    cited = _Cited(
        key=key,
        kind=label(plan["kind"], "document_kinds") or translated("Văn bản"),
        title=str(plan["title"] or plan["filename"]),
        issuer=str(plan["issuer"] or ""),
        number=str(plan["number"] or ""),
        place=str(plan["place"] or ""),
        issued=tuple(issued.split("-")) if issued else (),
        note=_sentence("; ".join(part for part in (what, place, _origin(plan, key)) if part)),
        address=address,
    )
    return Citation(_line(cited), _bibtex(cited), _csl(cited))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _origin(plan: Mapping[str, Any], key: str) -> str:
    """What tells the record and the file that it was read from for good."""
    said = translated("mã %(key)s; tệp %(file)s, SHA-256 %(sha256)s, đọc bằng %(extractor)s")
    return said % {
        "key": key,
        "file": plan["filename"],
        "sha256": plan["sha256"],
        "extractor": plan["extractor"],
    }


def _line(cited: _Cited) -> str:
    number = f"{translated('số')} {cited.number}" if cited.number else ""
    named = " ".join(part for part in (cited.kind, number) if part)
    dated = f"({day('-'.join(cited.issued))})" if cited.issued else ""
    author = " ".join(part for part in (cited.issuer, dated) if part)
    return ". ".join(
        part.rstrip(".") for part in (author, f"{named}: {cited.title}", cited.note, cited.address) if part
    )


def _bibtex(cited: _Cited) -> str:
    year, month = (*cited.issued, "", "")[:2]
    fields = {
        "author": f"{{{_escaped(cited.issuer)}}}" if cited.issuer else "",  # one name, whatever words it has
        "title": f"{{{_escaped(cited.title)}}}",  # capitals as they are
        "type": _escaped(cited.kind),
        "number": _escaped(cited.number),
        "year": year,
        "month": month.lstrip("0"),
        "note": _escaped(cited.note),
        "url": cited.address,
        "langid": "vietnamese",
    }
    written = "".join(f'  {name} = "{value}",\n' for name, value in fields.items() if value)
    return f"@techreport{{{_key(cited)},\n{written}}}\n"


def _csl(cited: _Cited) -> dict[str, Any]:
    item = {
        "id": _key(cited),
        "type": "report",
        "genre": cited.kind,
        "title": cited.title,
        "author": [{"literal": cited.issuer}] if cited.issuer else None,
        "number": cited.number,
        "issued": {"date-parts": [[int(part) for part in cited.issued]]} if cited.issued else None,
        "publisher-place": cited.place,
        "note": cited.note,
        "URL": cited.address,
        "language": "vi",
    }
    return {name: value for name, value in item.items() if value}


def _key(cited: _Cited) -> str:
    return "kehoach-" + re.sub(r"[^A-Za-z0-9.-]", "-", cited.key)


def _escaped(text: str) -> str:
    """As BibTeX takes it: no letter of it a command."""
    return _SPECIAL.sub(lambda m: _WRITTEN.get(m[0], "\\" + m[0]), text)
