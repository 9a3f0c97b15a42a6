"""The site's texts -> those without English, those that no catalogue can know of; `python -m scripts.untranslated`.

Texts are what templates, plugins and pages give to gettext, and the words of `metadata.yaml`. A text that is Vietnamese
and is given to nobody for translation stays Vietnamese on the English pages, so it is listed too.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from jinja2 import Environment, nodes

from publish.pages.language import english, english_numbers
from publish.serve import SITE

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "publish" / "pages"
TEMPLATES, PLUGINS, METADATA = SITE / "templates", SITE / "plugins", SITE / "metadata.yaml"

# What only Vietnamese is written with; "é" is not in it
_VIETNAMESE = re.compile("[ăđơưạảẹẻẽỉịĩọỏụủũỳỵỷỹ\u1ea4-\u1ef1]", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_GIVEN = {"_", "gettext", "ngettext", "translated", "translated_number", "later", "Missing"}
_KEYWORDS = {**DEFAULT_KEYWORDS, "translated": None, "translated_number": (1, 2), "later": None, "Missing": None}


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A text of the site and where it stands; `many` says that it goes with a number."""

    file: str
    line: int
    said: str
    many: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.said}"


def texts() -> list[Text]:
    """All texts that are given for translation, each place of a text on its own."""
    return sorted({*_of_templates(), *_of_modules(), *_of_metadata()})


def missing() -> list[Text]:
    """Those without English."""
    one, many = english(), english_numbers()
    return [text for text in texts() if text.said not in (many if text.many else one)]


def damaged() -> list[str]:
    """Texts whose English does not fill in what the Vietnamese fills in."""
    pairs = [*english().items(), *((said, form) for said, forms in english_numbers().items() for form in forms)]
    return [said for said, english_text in pairs if _filled(said) != _filled(english_text)]


def unmarked() -> list[Text]:
    """Vietnamese in templates that is given to nobody for translation."""
    return [text for path in sorted(TEMPLATES.glob("*.html")) for text in _unmarked_of(path)]


def unmarked_in_modules() -> list[Text]:
    """The same of plugins and pages, docstrings left out."""
    return [text for path in _modules() for text in _unmarked_of_module(path)]


def _filled(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def _modules() -> list[Path]:
    return sorted((*PAGES.glob("*.py"), *PLUGINS.glob("*.py")))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _of_templates() -> Iterator[Text]:
    options = {"newstyle_gettext": "true", "silent": "false"}
    for path in TEMPLATES.glob("*.html"):
        yield from _extracted("jinja2.ext:babel_extract", path, options)


def _of_modules() -> Iterator[Text]:
    for path in _modules():
        yield from _extracted("python", path, {})


def _extracted(method: str, path: Path, options: dict[str, str]) -> Iterator[Text]:
    with path.open("rb") as stream:
        for line, said, _comments, _context in extract(method, stream, keywords=_KEYWORDS, options=options):
            if isinstance(said, str):
                yield Text(_name(path), line, said)
            else:
                yield Text(_name(path), line, said[0], many=True)


def _of_metadata() -> Iterator[Text]:
    given = yaml.safe_load(METADATA.read_text("utf-8"))
    database = given["databases"]["plans"]
    parts = [given, database, *database["tables"].values(), *database["queries"].values()]
    for said in {said for part in parts for said in _words(part)}:
        yield Text(_name(METADATA), 0, said)


def _words(part: dict[str, Any]) -> Iterator[str]:
    yield from (part[name] for name in ("title", "description", "license", "source", "about") if name in part)
    for name in ("columns", "parameters"):
        yield from part.get(name, {}).values()


def _unmarked_of(path: Path) -> Iterator[Text]:
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(path.read_text("utf-8"))
    marked = {id(one) for call in tree.find_all(nodes.Call) if _is_given(call) for one in call.find_all(nodes.Const)}
    for data in tree.find_all(nodes.TemplateData):
        if _VIETNAMESE.search(_foreign_left_out(data.data)):
            yield Text(_name(path), data.lineno, " ".join(data.data.split()))
    for const in tree.find_all(nodes.Const):
        if id(const) not in marked and isinstance(const.value, str) and _VIETNAMESE.search(const.value):
            yield Text(_name(path), const.lineno, const.value)


def _is_given(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in _GIVEN


def _foreign_left_out(html: str) -> str:
    """Without what is marked as Vietnamese on purpose: the switch back to it."""
    return re.sub(r'lang="vi"[^>]*>[^<]*<', "", html)


def _unmarked_of_module(path: Path) -> Iterator[Text]:
    tree = ast.parse(path.read_text("utf-8"))
    left_out = {id(one) for one in ast.walk(tree) if isinstance(one, ast.Expr) for one in ast.walk(one.value)}
    given = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and _called(one) in _GIVEN]
    left_out |= {id(inner) for call in given for inner in ast.walk(call)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and id(one) not in left_out and _VIETNAMESE.search(str(one.value)):
            yield Text(_name(path), one.lineno, str(one.value))


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "id", None) or getattr(call.func, "attr", ""))


def main() -> int:
    """Print what is missing; 1 where anything is that readers would see."""
    found: dict[str, Sequence[object]] = {
        "Without English": missing(),
        "English that fills in other values": damaged(),
        "Not marked for translation in templates": unmarked(),
    }
    for title, some in found.items():
        print(f"{title}: {len(some)}", *some, sep="\n  ")
    print("Vietnamese in modules, not marked:", *unmarked_in_modules(), sep="\n  ")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
