from __future__ import annotations

import datetime as dt
import io
import json
import re
import unicodedata
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import docx as word
import pikepdf
import pytest
from pypdf import PdfReader

from tequio.kernel.refusal import Refused
from tequio.plans.consistency import check
from tequio.plans.documents.linked import jsonld
from tequio.plans.documents.typesetting import pdf
from tequio.plans.documents.word import docx
from tequio.plans.enums import ChapterKind
from tequio.plans.tests.dossiers import rich

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tequio.plans.queries import Dossier

IMPRINT: dict[str, Any] = {
    "published_on": dt.date(2031, 4, 16),
    "edition_number": 2,
    "sha256": "ab12" * 16,
    "address": "https://tequio.example/ejercicios/valle-sereno-2030-2032/plan/",
}
MACHINES_OWN = {
    *("key", "slug", "kind", "sector", "role", "state", "theme", "tree", "document", "scheme", "counted", "precision"),
    *("mail_domain", "accent", "exercise_slug", "exercise_state", "jurisdiction_code", "jurisdiction_kind"),
    *("jurisdiction_slug", "parts", "on", "cut_on", "next_cut_on", "acronym"),
}
"""Keys and codes that point at something; what they point at is what a person reads."""

HOSTILE = [
    '#import "secreto.typ": *',
    '#read("/etc/passwd") $ x^2 $ \\ \\u{41} *negrita* _cursiva_ `código` <etiqueta> @cita',
    '</w:t></w:r><b>hola</b> &amp; "comillas"',
    "{{ 7*7 }} {% include 'x' %}",
    "\u202eoirámoc\u202c \u200fabc\u200e ca\u00adsa",
    "letra" * 1000,
    "fiesta 😀🧿 中文 שלום \ue000 \U000e0041",
    "línea uno\r\nlínea dos\u2028línea tres",
]


def squeezed(text: str) -> str:
    """Return a text without blanks, invisible marks or capitals: a sector can stand as a heading of the document."""
    letters = unicodedata.normalize("NFC", text)
    return "".join(c for c in letters if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")).casefold()


def texts(value: Any, name: str = "") -> Iterator[str]:
    """Yield every text of a dossier that a person reads."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in MACHINES_OWN:
                yield from texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, name)
    elif isinstance(value, str) and value.strip():
        yield value


def read_pdf(made: bytes) -> str:
    """Return a PDF's text in reading order, without the heads and feet of its pages."""
    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(made)).pages]
    head, foot = r"pal9·.{0,60}?edición2,miércoles16deabrilde2031", r"https://tequio.{0,200}?página\d+de\d+"
    return "".join(re.sub(f"{head}|{foot}", "", page) for page in pages)


def read_docx(made: bytes) -> str:
    """Return a DOCX's text in document order."""
    return squeezed("".join(word.Document(io.BytesIO(made)).element.body.itertext()))


def holds(document: str, text: str) -> bool:
    """Say whether a document has a text, whole or in two parts that a page divides."""
    if text in document:
        return True
    cuts = range(8, len(text) - 8)
    return any(text[:cut] in document and text[cut:] in document for cut in cuts)


@pytest.mark.req("PL-14")
@pytest.mark.parametrize(("make", "read"), [(pdf, read_pdf), (docx, read_docx)])
def test_document_carries_every_text_of_the_dossier(make: Callable[..., bytes], read: Callable[[bytes], str]) -> None:
    dossier = rich()
    findings = check(dossier)
    document = read(make(dossier, findings, **IMPRINT))
    said = [*texts(dossier.model_dump(mode="json")), *(found.problem for found in findings)]

    assert len(said) > 300
    assert [text for text in said if not holds(document, squeezed(text))] == []


@pytest.mark.req("PL-14")
@pytest.mark.parametrize("plan", [rich(), rich(chapters=[])], ids=["published", "without chapters"])
def test_chapters_are_those_of_the_index_in_its_order(plan: Dossier) -> None:
    printed = {chapter.kind: chapter.title for chapter in reversed(plan.chapters)}
    expected = [printed.get(kind, kind.label) for kind in ChapterKind if kind != ChapterKind.COVER]
    bookmarks = PdfReader(io.BytesIO(pdf(plan, [], **IMPRINT))).outline
    document = word.Document(io.BytesIO(docx(plan, [], **IMPRINT)))

    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [*expected, "Lo que el documento no dice o contradice"]
    assert [mark.title for mark in bookmarks if not isinstance(mark, list)] == headings


@pytest.mark.req("PL-09")
@pytest.mark.parametrize(("make", "read"), [(pdf, read_pdf), (docx, read_docx)])
def test_document_says_what_is_missing(make: Callable[..., bytes], read: Callable[[bytes], str]) -> None:
    document = read(make(rich(term={}), check(rich()), **IMPRINT))

    assert squeezed("No consta: el documento lo deja en blanco") in document
    assert squeezed("No consta: el documento dice «xxx»") in document
    assert squeezed("No consta: el documento dice «2031-XX-XX»") in document
    assert squeezed("Vigencia no declarada") in document
    assert squeezed("Lo que el documento no dice o contradice") in document


@pytest.mark.parametrize("make", [pdf, docx, jsonld])
def test_same_edition_gives_the_same_bytes(make: Callable[..., bytes]) -> None:
    assert make(rich(), [], **IMPRINT) == make(rich(), [], **IMPRINT)


@pytest.mark.parametrize(("make", "read"), [(pdf, read_pdf), (docx, read_docx)])
def test_hostile_text_is_printed_never_run(make: Callable[..., bytes], read: Callable[[bytes], str]) -> None:
    document = read(make(hostile(HOSTILE), [], **IMPRINT))

    for text in HOSTILE[:4]:
        assert squeezed(text) in document
    assert "oirámoc" in document
    assert "casa" in document
    assert squeezed("letra" * 1000)[:400] in document
    assert squeezed("línea uno línea dos línea tres") in document


def test_pdf_names_the_letters_that_its_fonts_lack() -> None:
    assert squeezed("fiesta [U+1F600][U+1F9FF][U+4E2D]") in read_pdf(pdf(hostile(HOSTILE[6:]), [], **IMPRINT))


@pytest.mark.parametrize("make", [pdf, docx])
@pytest.mark.parametrize("text", ["nulo\0", "campana\x07", "medio par \ud800"])
def test_control_characters_are_refused(make: Callable[..., bytes], text: str) -> None:
    with pytest.raises(Refused, match="carácter de control"):
        make(rich().model_copy(update={"title": text}), [], **IMPRINT)


def hostile(lines: list[str]) -> Dossier:
    """Return a short plan that says these things in its title, a paragraph, a form's answer and a table."""
    plan = rich(1, phases=[], calls=[], members=[], events=[], bodies=[], themes=[], statements=[])
    said = "\n".join(lines)
    chapter = plan.chapters[1]
    block = chapter.blocks[0].model_copy(update={"text": said})
    chapters = [chapter.model_copy(update={"blocks": [block]})]
    action = plan.commitments[0].key_actions[0].model_copy(update={"text": said})
    form = plan.commitments[0].model_copy(update={"promise": said, "key_actions": [action]})
    return plan.model_copy(update={"title": lines[0], "chapters": chapters, "commitments": [form]})


def test_pdf_is_tagged_and_declares_its_standards() -> None:
    with pikepdf.open(io.BytesIO(pdf(rich(), [], **IMPRINT))) as made:
        root = made.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang).lower() == "es-mx"
        assert root.ViewerPreferences.DisplayDocTitle
        with made.open_metadata() as about:
            assert about["dc:title"] == "Noveno Plan de Acción Local · PAL9"
            assert about["pdfuaid:part"] == "1"
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        tags = list(walk(root.StructTreeRoot))

    kinds = [str(tag.S) for tag in tags if "/S" in tag]
    assert kinds.count("/TH") > 20
    assert {"/H1", "/H2", "/H3", "/H4", "/TOC", "/Table", "/L", "/Link"} <= set(kinds)
    figures = [tag for tag in tags if tag.get("/S") == "/Figure"]
    assert len(figures) == 1
    assert "Problema central: Nadie sabe cuánto cuesta" in str(figures[0].Alt)


def walk(tag: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Yield a structure element and those under it."""
    if isinstance(tag, pikepdf.Dictionary):
        yield tag
        children = tag.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            yield from walk(child)


def test_every_table_of_the_pdf_begins_with_its_heads() -> None:
    with pikepdf.open(io.BytesIO(pdf(rich(), check(rich()), **IMPRINT))) as made:
        tables = [tag for tag in walk(made.Root.StructTreeRoot) if tag.get("/S") == "/Table"]
        heads = [[str(t.S) for t in walk(table.K[0]) if "/S" in t and t.S in ("/TH", "/TD")] for table in tables]

    assert len(tables) > 20
    assert all(row and set(row) == {"/TH"} for row in heads)


def test_docx_has_headings_repeated_heads_language_and_title() -> None:
    made = docx(rich(), [], **IMPRINT)
    document = word.Document(io.BytesIO(made))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        styles, body = (package.read(f"word/{name}.xml").decode() for name in ("styles", "document"))
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}

    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert 'w:val="es-MX"' in styles
    assert "TOC \\o" in body
    assert body.count("<w:tblHeader/>") == body.count("<w:tblCaption ") == len(document.tables) > 20
    assert document.core_properties.title == "Noveno Plan de Acción Local · PAL9"
    assert document.core_properties.language == "es-MX"


def test_accent_is_the_institutions_where_it_can_be_read() -> None:
    def colour(accent: str) -> str:
        guarantor = rich().guarantor
        assert guarantor
        plan = rich(1, guarantor=guarantor.model_copy(update={"accent": accent}))
        document = word.Document(io.BytesIO(docx(plan, [], **IMPRINT)))
        return str(document.styles["Heading 1"].font.color.rgb)

    assert colour("#1F5A4C") == "1F5A4C"
    assert colour("#ffff00") == colour("") == colour("rojo") == "8C4A2F"


def test_jsonld_states_commitments_as_planned_actions() -> None:
    plan = json.loads(jsonld(rich(), check(rich()), **IMPRINT))
    second = plan["hasPart"][1]

    assert (plan["@context"], plan["@type"], plan["version"]) == ("https://schema.org", "CreativeWork", "2")
    assert [part["identifier"] for part in plan["hasPart"]] == ["PAL9-C1", "PAL9-C2", "PAL9-C3"]
    assert (second["@type"], second["startTime"], second["endTime"]) == ("PlanAction", "2031-04-10", "2031-11-30")
    assert second["agent"]["name"] == "Secretaría de Obras de Valle Sereno"
    assert second["potentialAction"][0]["agent"][0]["jobTitle"] == "Jefa de la Unidad de Datos 1"
    assert "result" not in second["potentialAction"][1]
    assert len(plan["comment"]) == len(check(rich()))
