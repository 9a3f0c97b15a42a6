"""Makes Word files for the tests and the bench: a plan's text with its ordinals automatic, in each of Word's ways.

python tests/data/make_docx.py                         the files in tests/data/docx; needs LibreOffice
python tests/data/make_docx.py FOLDER PLAN.txt ...     NAME-SCHEME.docx of every plan
"""

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from extract.lines import clean
from extract.model import Grid, Paragraph
from extract.normalize.legacy import decode_legacy
from extract.normalize.numbering import marker_of
from extract.read import read

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SCHEMES = ("multilevel", "lists", "styles")

# What each level of the one list prints: its format and text.
LEVELS = (
    ("upperRoman", "%1."),
    ("decimal", "%2."),
    ("decimal", "%2.%3."),
    ("lowerLetter", "%4)"),
    ("bullet", "-"),
    ("bullet", "+"),
    ("decimal", "(%7)"),
    ("decimal", "%8)"),
    ("upperLetter", "%9."),
)
STYLE_LEVELS = {"roman": 0, "dot1": 1, "dot2": 2, "letter": 3, "-": 4, "+": 5, "paren": 6, "close": 7, "upper": 8}
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def run(text: str, *, bold: bool = False, font: str = "", extra: str = "") -> str:
    """A w:r; line ends are breaks, tabs tabs."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    properties = f"<w:rPr>{fonts}{'<w:b/>' if bold else ''}{extra}</w:rPr>"
    parts = re.split(r"([\n\t])", text)
    body = "".join(
        {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in parts
        if part
    )
    return f"<w:r>{properties}{body}</w:r>"


def paragraph(
    *content: str,
    num: int | None = None,
    level: int | None = None,
    style: str = "",
    bold: bool = False,
    extra: str = "",
) -> str:
    """A w:p of runs, or of texts, which become runs."""
    runs = "".join(part if part.startswith(("<w:", "<mc:")) else run(part, bold=bold) for part in content)
    listed = "".join(
        [
            f'<w:ilvl w:val="{level}"/>' if level is not None else "",
            f'<w:numId w:val="{num}"/>' if num is not None else "",
        ]
    )
    properties = "".join(
        [f'<w:pStyle w:val="{style}"/>' if style else "", f"<w:numPr>{listed}</w:numPr>" if listed else "", extra]
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(*paragraphs: str, span: int = 1, merge: str = "", extra: str = "") -> str:
    """A w:tc; `merge` is restart or continue."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inside = "".join(p if p.startswith("<w:") else paragraph(p) for p in paragraphs) or "<w:p/>"
    return f"<w:tc><w:tcPr>{spanned}{merged}{extra}</w:tcPr>{inside}</w:tc>"


def table(*rows: Sequence[str], before: str = "") -> str:
    """A w:tbl of rows of cells."""
    body = "".join(
        f"<w:tr>{before}{''.join(c if c.startswith('<w:') else cell(c) for c in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


def level(index: int, kind: str, text: str, *, extra: str = "", style: str = "", start: int = 1) -> str:
    """A w:lvl."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{named}'
        f'{extra}<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(key: int, *levels: str, extra: str = "") -> str:
    """A w:abstractNum."""
    inside = f'{extra}<w:multiLevelType w:val="multilevel"/>{"".join(levels)}'
    return f'<w:abstractNum w:abstractNumId="{key}">{inside}</w:abstractNum>'


def num(key: int, of: int, *, starts: dict[int, int] | None = None, override: str = "") -> str:
    """A w:num, starting anew where `starts` says."""
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="{n}"/></w:lvlOverride>' for i, n in (starts or {}).items()
    )
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{anew}{override}</w:num>'


def style(
    key: str, *, name: str = "", kind: str = "paragraph", on: str = "", properties: str = "", look: str = ""
) -> str:
    """A w:style; `properties` of paragraphs, `look` of runs."""
    based = f'<w:basedOn w:val="{on}"/>' if on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name or key}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def docx(*body: str, numbering: str = "", styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    """A Word file. `parts` are more XML parts by their name: footnotes, endnotes, header1."""
    parts = {name: xml for name, xml in {"numbering": numbering, "styles": styles, **(parts or {})}.items() if xml}
    kinds = {name: re.sub(r"\d", "", name) for name in parts}
    roots = {name: {"header": "hdr", "footer": "ftr"}.get(kind, kind) for name, kind in kinds.items()}
    document = f"<w:document {SPACES}><w:body>{''.join(body)}<w:p/><w:sectPr/></w:body></w:document>"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    links = "".join(f'<Relationship Id="r{i}" Type="{R}/{kinds[n]}" Target="{n}.xml"/>' for i, n in enumerate(parts))
    top = f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    return archive({
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{top}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        **{f"word/{name}.xml": f"<w:{roots[name]} {SPACES}>{xml}</w:{roots[name]}>" for name, xml in parts.items()},
        "word/document.xml": document,
    })  # fmt: skip


def archive(parts: dict[str, str]) -> bytes:
    """The parts packed, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, xml in parts.items():
            packed.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 0, 0, 0)), HEAD + xml, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@cache
def codes(charset: str) -> dict[str, str]:
    """The letters of an old character set with what it writes them as."""
    single = [chr(code) for code in range(0x80, 0x100)]
    paired = [base + mark for base in "aeouyAEOUYôöÔÖ" for mark in single] if charset == "vni" else []
    found = {decode_legacy(code, charset): code for code in single if decode_legacy(code, charset) != code}
    return found | {letter: code for code in paired if len(letter := decode_legacy(code, charset)) == 1}


def old_text(text: str, charset: str) -> str:
    """Text as an old font holds it; TCVN3 has no code for most capitals with a tone, which come out small."""
    known = codes(charset)
    return "".join(known.get(c) or known.get(c.lower()) or c for c in text)


@dataclass
class Counter:
    """Counts as a multilevel list does, to see which ordinals can be automatic."""

    counts: list[int] = field(default_factory=lambda: [0] * len(LEVELS))

    def take(self, at: int, label: str) -> bool:
        """Whether the list's next ordinal at that level is `label`; then it counts."""
        counts = [*self.counts[: at + 1], *[0] * (len(LEVELS) - at - 1)]
        counts[at] += 1
        shown = re.sub(r"%(\d)", lambda m: self.shown(int(m[1]) - 1, max(counts[int(m[1]) - 1], 1)), LEVELS[at][1])
        if shown != label:
            return False
        self.counts = counts
        return True

    @staticmethod
    def shown(at: int, number: int) -> str:
        kind = LEVELS[at][0]
        if kind == "upperRoman":
            return (
                ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][number]
                if number < 13
                else "?"
            )
        if kind.endswith("Letter"):
            letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
            return letter.upper() if kind == "upperLetter" else letter
        return str(number)


def of_plan(path: Path, scheme: str, *, font: str = "", charset: str = "") -> bytes:
    """A plan of the corpus as a Word file whose ordinals are automatic where Word's lists can count them so."""
    writer = Writer(scheme, font, charset)
    body = [writer.block(block) for block in clean(read(path)[1]).blocks]
    return docx(*body, numbering=_numbering(scheme) + "".join(writer.nums), styles=_styles(scheme))


@dataclass
class Writer:
    """Writes a plan's blocks in a scheme; `charset` is an old one that the text is put into, with its font."""

    scheme: str
    font: str = ""
    charset: str = ""
    counter: Counter = field(default_factory=Counter)
    nums: list[str] = field(default_factory=lambda: [num(1, 1)])

    def block(self, block: Paragraph | Grid) -> str:
        if isinstance(block, Paragraph):
            return self.paragraph(block.text, block.bold)
        rows = [
            [cell(*map(self.plain, (p.text for p in c.paragraphs)), span=c.colspan) for c in row] for row in block.rows
        ]
        return table(*rows)

    def plain(self, text: str, bold: bool = False, **properties: object) -> str:
        text = old_text(text, self.charset) if self.charset else text
        return paragraph(run(text, bold=bold, font=self.font), **properties)

    def paragraph(self, text: str, bold: bool) -> str:
        marker = marker_of(text)
        at = STYLE_LEVELS.get(marker.style) if marker else None
        label, rest = (text[: marker.end].strip(), text[marker.end :]) if marker else ("", text)
        key = None if marker is None or at is None else self.list_of(at, label, marker.number)
        if key is None:
            return self.plain(text, bold)
        if self.scheme == "styles":
            return self.plain(rest, bold, style=f"Cap{at}")
        return self.plain(rest, bold, num=key, level=at)

    def list_of(self, at: int, label: str, number: int) -> int | None:
        """The list whose next ordinal at that level is the label, None where there is none."""
        if LEVELS[at][0] == "bullet":
            return 1 if label == LEVELS[at][1] else None
        if self.scheme != "lists":
            return 1 if self.counter.take(at, label) else None
        if at == 2 or label != LEVELS[at][1].replace(f"%{at + 1}", Counter.shown(at, number)):
            return None
        self.nums.append(num(len(self.nums) + 1, 1, starts={at: number}))
        return len(self.nums)


def _numbering(scheme: str) -> str:
    return abstract(
        1,
        *(level(i, kind, text, style=f"Cap{i}" if scheme == "styles" else "") for i, (kind, text) in enumerate(LEVELS)),
    )


def _styles(scheme: str) -> str:
    if scheme != "styles":
        return style("Normal")
    listed = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    return style("Normal") + "".join(
        style(f"Cap{i}", on="Normal", properties=listed.format(i)) for i in range(len(LEVELS))
    )


def saved_by_libreoffice(files: dict[str, bytes], kind: str) -> dict[str, bytes]:
    """The files as LibreOffice saves them in another format, by name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stem, data in files.items():
            (folder / f"{stem}.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        given = [str(folder / f"{stem}.docx") for stem in files]
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), *given]
        subprocess.run(command, check=True, capture_output=True)
        return {stem: (folder / "out" / f"{stem}.{kind}").read_bytes() for stem in files}


def committed() -> dict[str, bytes]:
    """The files of tests/data/docx by name."""
    plan = ROOT / "corpus" / "plans" / "mau-18-to-cong-nghe-so-phuong.txt"
    made = {f"mau-18-{scheme}": of_plan(plan, scheme) for scheme in SCHEMES}
    made["tcvn3"] = of_plan(plan, "lists", font=".VnTime", charset="tcvn3")
    made["vni"] = of_plan(plan, "styles", font="VNI-Times", charset="vni")
    out = {f"{stem}.docx": data for stem, data in made.items()}
    for kind in ("doc", "odt", "rtf"):
        out |= {
            f"{stem}.{kind}": data
            for stem, data in saved_by_libreoffice({"mau-18": made["mau-18-multilevel"]}, kind).items()
        }
    out |= {"tcvn3.doc": saved_by_libreoffice({"tcvn3": made["tcvn3"]}, "doc")["tcvn3"]}
    return out | {"mau-18-libreoffice.docx": saved_by_libreoffice({"a": made["mau-18-styles"]}, "docx")["a"]}


def main() -> int:
    """Write the files of the plans given, else those that are committed."""
    if len(sys.argv) > 2:
        folder, plans = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
        files = {f"{plan.stem}-{scheme}.docx": of_plan(plan, scheme) for plan in plans for scheme in SCHEMES}
    else:
        folder, files = HERE / "docx", committed()
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
