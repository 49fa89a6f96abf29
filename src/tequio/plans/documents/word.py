"""The plan as an editable document (DOCX) with real headings, tables and language; same edition, same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Final

import docx as word
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from tequio.plans.documents.blocks import Block, Cell, Field, Heading, Outline, Prose, Table, Words
from tequio.plans.documents.outline import Finds, Imprint, outline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    from tequio.plans.queries import Dossier

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
WIDTH: Final = 6.5
"""Inches between the margins."""

FONT: Final = "Noto Sans"
SOFT: Final = RGBColor(0x5B, 0x54, 0x4D)
BODY, LISTED, LABEL, NOTE, NOTICE, CELL = "Body Text", "List Bullet", "Etiqueta", "Nota", "Aviso", "Celda"
MISSING, MINOR = "No consta", "Dato menor"
PARAGRAPHS: Final = {"paragraph": BODY, "item": LISTED, "notice": NOTICE, "note": NOTE}
TONES: Final = {"missing": MISSING, "minor": MINOR, "lead": "Strong", "plain": None, "item": None}
DEEPEST: Final = 3
"""The level of headings that the index lists."""


def docx(dossier: Dossier, findings: Finds, **imprint: Unpack[Imprint]) -> bytes:
    """Return the plan's document as DOCX, letter size."""
    told = outline(dossier, findings, imprint)
    document = word.Document()
    dress(document, told)
    describe(document, told, dt.datetime.combine(imprint["published_on"], dt.time()))
    frame(document, told)
    fronts = {LABEL: told.institution, "Title": told.title, "Subtitle": told.subtitle, BODY: told.place}
    for style, text in fronts.items():
        paragraph(document, style, text)
    write(document, told.cover)
    write(document, [Field(label="Código y edición", lines=[Words(text=f"{told.code}. {told.edition}")])])
    index(document, told)
    write(document, told.blocks)
    packed = io.BytesIO()
    document.save(packed)
    return timeless(packed)


def dress(document: Document, told: Outline) -> None:
    """Set the page, the language and the styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    accent = RGBColor.from_string(told.accent.upper())
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "es-MX")
    for name in ("Title", "Subtitle", *(f"Heading {level}" for level in range(1, 6))):
        face(styles[name], None, accent)
    face(styles["Normal"], 10, None)
    for name in (LABEL, NOTE, NOTICE, CELL):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles[LABEL].font.bold = True
    styles[LABEL].font.color.rgb = accent
    styles[LABEL].paragraph_format.keep_with_next = True
    styles[CELL].font.size = Pt(8.5)
    for name in (LABEL, CELL):
        styles[name].paragraph_format.space_after = Pt(2)
    for name in (MISSING, MINOR):
        styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font.color.rgb = SOFT
    styles[NOTE].font.color.rgb = styles[NOTICE].font.color.rgb = SOFT
    styles[MISSING].font.italic = True


def face(style: ParagraphStyle, size: float | None, colour: RGBColor | None) -> None:
    """Give a style our font for every script, in place of the theme's."""
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if size:
        style.font.size = Pt(size)
    if colour:
        style.font.color.rgb = colour


def describe(document: Document, told: Outline, day: dt.datetime) -> None:
    """Fill in the file's properties; they tell the edition, never the moment the file was made."""
    about = document.core_properties
    about.title = f"{told.title} · {told.code}"
    about.author = about.last_modified_by = told.institution
    about.subject, about.comments, about.language = told.place, told.edition, "es-MX"
    about.created = about.modified = day
    about.revision = 1


def frame(document: Document, told: Outline) -> None:
    """Write the running head and foot."""
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{told.code} · {told.title}\t\t{told.edition}"
    foot = section.footer.paragraphs[0]
    foot.text = f"{told.address}\nSHA-256 de la edición: {told.sha256}\npágina "
    insert(foot, "PAGE", "1")
    foot.add_run(" de ")
    insert(foot, "NUMPAGES", "1")


def index(document: Document, told: Outline) -> None:
    """Write the index as a field that the reader's program fills in; until then it lists the headings."""
    paragraph(document, LABEL, "Índice").paragraph_format.page_break_before = True
    headings = [b.text for b in told.blocks if isinstance(b, Heading) and b.level <= DEEPEST]
    insert(paragraph(document, BODY), rf'TOC \o "1-{DEEPEST}" \h \z \u', "\n".join(headings))


def insert(place: Paragraph, code: str, shown: str) -> None:
    """Add a field, with what it shows until it is computed."""
    for kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar", {qn("w:fldCharType"): kind})
        place.add_run().font.element.append(mark)
        if kind == "begin":
            mark.set(qn("w:dirty"), "true")
            instruction = OxmlElement("w:instrText")
            instruction.text = code
            place.add_run().font.element.append(instruction)
        elif kind == "separate":
            place.add_run(shown)


def write(document: Document, blocks: Iterable[Block]) -> None:
    """Write blocks one after another."""
    for block in blocks:
        if isinstance(block, Heading):
            heading = paragraph(document, f"Heading {block.level}", block.text)
            heading.paragraph_format.page_break_before = block.fresh or None
        elif isinstance(block, Prose):
            run(paragraph(document, PARAGRAPHS[block.style]), block.words)
        elif isinstance(block, Field):
            field(document, block)
        elif isinstance(block, Table):
            table(document, block)
        else:
            for label, lines in {
                "Efectos": block.effects,
                "Problema central": [block.problem],
                "Causas": block.causes,
            }.items():
                field(document, Field(label=label, lines=lines))


def field(document: Document, block: Field) -> None:
    """Write a question and its answer under it."""
    paragraph(document, LABEL, block.label)
    for line in block.lines:
        run(paragraph(document, LISTED if line.tone == "item" else BODY), line)


def table(document: Document, block: Table) -> None:
    """Write a table whose head repeats on every page, with what it holds as its alternative text."""
    grid = document.add_table(rows=1 + len(block.rows), cols=len(block.heads), style="Table Grid")
    made = document.element.body.tbl_lst[-1]
    made.tblPr.append(OxmlElement("w:tblCaption", {qn("w:val"): block.about}))
    made.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    heads: list[Cell] = [[Words(text=head, tone="lead")] for head in block.heads]
    unit = Inches(WIDTH) // sum(block.widths)
    for row, lines_of in zip(grid.rows, [heads, *block.rows], strict=True):
        for cell, lines, width in zip(row.cells, lines_of, block.widths, strict=True):
            cell.width = unit * width
            fill(cell, lines)
    paragraph(document, CELL)


def fill(cell: _Cell, lines: Cell) -> None:
    """Write the lines of a cell, a paragraph each."""
    style(cell.paragraphs[0], CELL)
    for at, line in enumerate(lines):
        run(paragraph(cell, CELL) if at else cell.paragraphs[0], line)


def paragraph(place: Document | _Cell, name: str, text: str = "") -> Paragraph:
    """Add a paragraph in a style."""
    return style(place.add_paragraph(text), name)


def style(place: Paragraph, name: str) -> Paragraph:
    """Give a paragraph a style by its identifier; the library looks the name up in every style, which is slow."""
    place.paragraph_format.element.style = name.replace(" ", "")
    return place


def run(place: Paragraph, words: Words) -> None:
    """Write words in their tone, as a link where they are one."""
    written = place.add_run(words.text).font.element
    if tone := TONES[words.tone]:
        written.style = tone.replace(" ", "")
    if words.href:
        target = place.part.relate_to(words.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink", {qn("r:id"): target})
        place.paragraph_format.element.append(link)
        link.append(written)


def timeless(packed: io.BytesIO) -> bytes:
    """Return the same package with every entry at one fixed moment."""
    again = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
