"""A version of a tree as a file: drawing (SVG or PNG), tagged PDF, editable document (DOCX) or table (CSV).

The same version gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import docx as word
from docx.oxml.ns import qn
from docx.shared import Cm

from tequio.cocreation.enums import CommentState, NodeKind
from tequio.cocreation.queries.tree_versions import STAGES, leaves
from tequio.kernel.cells import guarded
from tequio.kernel.figures.problem_tree import Bough, problem_tree
from tequio.kernel.letters import FONTS, drawable
from tequio.kernel.press import pictured, printed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from tequio.cocreation.queries.tree_versions import Leaf
    from tequio.kernel.figures.svg import Markup

TEMPLATE: Final = Path(__file__).with_name("tree.typ")
DRAWING: Final = Path(__file__).with_name("drawing.typ")
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
SIDES: Final = ((NodeKind.CAUSE, "Causas: lo que lo provoca"), (NodeKind.EFFECT, "Efectos: lo que provoca"))
COLUMNS: Final = ("numero", "tipo", "nivel", "debajo_de", "texto")
"""`tipo`, `nivel` and `texto` are what an import reads."""


def drawing(content: dict[str, Any]) -> Markup:
    """Return the drawing of a version."""
    found = leaves(content)

    def boughs(above: str, kind: str) -> tuple[Bough, ...]:
        return tuple(
            Bough(leaf.text, boughs(leaf.key, kind)) for leaf in found if leaf.parent == above and leaf.kind == kind
        )

    root = found[0]
    causes, effects = (boughs(root.key, kind) for kind, _ in SIDES)
    return problem_tree(content["title"], root.text, causes=causes, effects=effects)


def svg(content: dict[str, Any], _day: dt.datetime) -> bytes:
    """Return the drawing as a file."""
    return drawing(content).encode()


def png(content: dict[str, Any], _day: dt.datetime) -> bytes:
    """Return the same drawing as a picture, for where no drawing is taken: a presentation, a message."""
    told = json.dumps({"drawing": "".join(map(drawable, str(drawing(content))))}, ensure_ascii=False)
    return pictured(DRAWING, told, FONTS)


def table(content: dict[str, Any], _day: dt.datetime) -> bytes:
    """Return the boxes as CSV, each after what it is under; an import reads it back."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    for leaf in leaves(content):
        rows.writerow([leaf.key, leaf.kind_label, leaf.level, leaf.parent, guarded(leaf.text)])
    return file.getvalue().encode("utf-8-sig")


def pdf(content: dict[str, Any], day: dt.datetime) -> bytes:
    """Return the version as PDF, letter size: the drawing, then every box in words."""
    told = {
        "title": content["title"],
        "theme": content["theme"],
        "exercise": content["exercise"],
        "stage": STAGES[content["stage"]],
        "problem": leaves(content)[0].text,
        "drawing": str(drawing(content)),
        "sides": [
            {"name": name, "boxes": [{"level": leaf.level - 2, "text": leaf.text} for leaf in side(content, kind)]}
            for kind, name in SIDES
        ],
        "comments": [{**each, "state": str(CommentState(each["state"]).label)} for each in content["comments"]],
    }
    return printed(TEMPLATE, "".join(map(drawable, json.dumps(told, ensure_ascii=False))), FONTS, day)


def side(content: dict[str, Any], kind: str) -> Iterator[Leaf]:
    """Yield the boxes of one side."""
    return (leaf for leaf in leaves(content) if leaf.kind == kind)


def docx(content: dict[str, Any], day: dt.datetime) -> bytes:
    """Return the version as an editable document."""
    document = word.Document()
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "es-MX")
    about = document.core_properties
    about.title, about.author, about.language = content["title"], content["exercise"], "es-MX"
    about.created = about.modified = day.replace(tzinfo=None)
    document.add_heading(content["title"], 0)
    document.add_paragraph(f"{content['exercise']}. {content['theme']}. Versión: {STAGES[content['stage']].lower()}.")
    document.add_heading("Problema central", 1)
    document.add_paragraph(leaves(content)[0].text)
    for kind, name in SIDES:
        document.add_heading(name, 1)
        for leaf in side(content, kind):
            row = document.add_paragraph(leaf.text, style="List Bullet")
            row.paragraph_format.left_indent = Cm(0.63 + 0.8 * (leaf.level - 2))
    if content["comments"]:
        document.add_heading("Lo que comentaron quienes lo revisaron", 1)
    for each in content["comments"]:
        document.add_paragraph(
            f"Sobre «{each['about']}»" if each["about"] else "Sobre todo el árbol", style="Heading 2"
        )
        document.add_paragraph(each["text"])
        document.add_paragraph(f"{CommentState(each['state']).label}. {each['answer']}")
    packed = io.BytesIO()
    document.save(packed)
    return timeless(packed)


def timeless(packed: io.BytesIO) -> bytes:
    """Return the same package with every entry at one fixed moment."""
    again = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()


FORMATS: Final[dict[str, tuple[str, Callable[[dict[str, Any], dt.datetime], bytes]]]] = {
    "svg": ("image/svg+xml", svg),
    "png": ("image/png", png),
    "pdf": ("application/pdf", pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx),
    "csv": ("text/csv; charset=utf-8", table),
}
