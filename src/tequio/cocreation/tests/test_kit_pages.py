"""The pages of a kit and of a map: what anybody reads and downloads, and what who prepares a table does."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from pypdf import PdfReader
from tests.cast import NOW, again

from tequio.cocreation.documents.kit import pdf
from tequio.cocreation.enums import DocumentKind
from tequio.cocreation.models import Kit, KitDocument, Table
from tequio.cocreation.queries.kits import kit_content, kit_of, receipt_token
from tequio.cocreation.tests.gatherings import announced_table
from tequio.cocreation.tests.kits import SAYS, paper, published, ready_table, saying, with_paper
from tequio.cocreation.workflows import InstitutionDetails, KitTexts, add_document, map_institution, write_kit
from tequio.cocreation.workflows.kits import HEAVIEST_SHEET, LONGEST_CONTEXT
from tequio.exercises.tests.happenings import registered
from tequio.kernel.canonical import sha256
from tequio.kernel.clock import day_of

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("DX-04", "CO-13")]


@pytest.fixture(autouse=True)
def _media(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def table(exercise: Exercise, liaison: User) -> Table:
    return ready_table(exercise, liaison)


def at(table: Table, name: str, *rest: Any) -> str:
    return reverse(f"cocreation:{name}", args=[table.exercise.slug, table.event.slug, *rest])


def form_of(details: Any, **other: Any) -> dict[str, Any]:
    return {**{name: getattr(details, name) for name in details.__dataclass_fields__}, **other}


def test_the_paper_of_a_kit_with_twenty_documents_is_light_and_says_everything(table: Table, liaison: User) -> None:
    texts = KitTexts(context="palabra " * (LONGEST_CONTEXT // 8), glossary="Lixiviado: líquido de la basura")
    write_kit(table, texts, by=again(liaison), at=NOW)
    for number in range(20):
        long = saying(DocumentKind.TOPIC_TALK, title=f"Presentación {number} ÁÉÍ", **SAYS)
        add_document(table, long, paper(f"{number}.pdf", b"x" * 50_000), by=again(liaison), at=NOW)
    content = kit_content(kit_of(Table.objects.get(pk=table.pk)))
    made = pdf(content, day_of(NOW))
    assert len(made) < HEAVIEST_SHEET
    assert made == pdf(content, day_of(NOW))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split())
    for words in ("Kit: Mesa de residuos", "Presentación 19 ÁÉÍ", "La basura no se separa", "Lixiviado",
                  "Chatham House", "Que sea posible en dos años.", "Con intérprete.", "Formulación",
                  "¿Qué podemos hacer?"):  # fmt: skip
        assert words in text
    assert "/StructTreeRoot" in PdfReader(BytesIO(made)).trailer["/Root"]


def test_everything_goes_in_one_file(client: Client, table: Table, liaison: User) -> None:
    with_paper(table, liaison)
    add_document(table, saying(title="En otro sitio", url="https://example.mx/a"), by=again(liaison), at=NOW)
    edition = published(table, liaison)
    answer = client.get(at(table, "kit_file", "kit.zip"))
    packed = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert packed.testzip() is None
    assert sorted(packed.namelist()) == ["01-estudio-de-residuos.pdf", "LEEME.txt", "kit.pdf"]
    told = packed.read("LEEME.txt").decode()
    assert "https://example.mx/a" in told
    assert edition.sha256 in told
    assert sha256(packed.read("01-estudio-de-residuos.pdf")) in told


def test_anybody_reads_a_kit_and_its_files(client: Client, table: Table, liaison: User) -> None:
    empty = client.get(at(table, "kit"))
    assert empty.status_code == 200
    assert "todavía no se publica" in empty.text
    assert client.get(at(table, "kit_file", "kit.zip")).status_code == 404
    add_document(table, saying(DocumentKind.CONTEXT_TALK, **SAYS), paper(), by=again(liaison), at=NOW)
    published(table, liaison)
    page = client.get(at(table, "kit")).text
    for words in ("minutos de lectura", "La basura no se separa", "Regla de Chatham House", "Lixiviado", "Meta 11.6.",
                  "Presentación de contexto", "Descargar todo (zip, 1 KB)", "Para imprimir (PDF"):  # fmt: skip
        assert words in page
    assert "Se publicó tarde" not in page
    file = client.get(at(table, "kit_file", "01-estudio-de-residuos.pdf"))
    assert b"".join(file.streaming_content) == b"%PDF-1.7 estudio"
    assert "sandbox" in file["Content-Security-Policy"]
    assert file["Content-Disposition"].startswith("attachment")
    assert client.get(at(table, "kit_file", "otro.pdf")).status_code == 404


def test_a_late_kit_says_so_on_its_page(client: Client, exercise: Exercise, liaison: User) -> None:
    table = ready_table(exercise, liaison, days=10)
    assert "Va 4 días tarde" in client.get(at(table, "kit")).text
    published(table, liaison)
    assert "4 días después" in client.get(at(table, "kit")).text


def test_a_link_counts_and_leads_to_nobody(client: Client, table: Table, liaison: User) -> None:
    ana = registered(table.event, "ana", AnonymousUser())
    published(table, liaison)
    address = at(table, "kit_receipt", receipt_token(ana))
    assert "Ya lo recibí" in client.get(address).text
    assert "ya lo contamos" in client.post(address).text
    assert client.post(at(table, "kit_receipt", "nada")).status_code == 404
    assert Kit.objects.get().received == 1
    client.force_login(again(liaison))
    work = client.get(at(table, "run_kit")).text
    assert "1 persona<" in work
    assert "ana@example.mx" not in work


def test_anybody_says_what_they_think_without_a_name(client: Client, table: Table, liaison: User) -> None:
    published(table, liaison)
    address = at(table, "kit_feedback")
    assert "Tu opinión del kit" in client.get(address).text
    for text in ("Falta un mapa", "<b>Bien</b>"):
        assert "Gracias por tu opinión" in client.post(address, {"text": text}).text
    assert client.post(address, {"text": "x" * 1_001}).status_code == 200
    assert client.post(address, {"text": "a\0b"}).status_code == 200
    assert Kit.objects.get().feedback == ["<b>Bien</b>", "Falta un mapa"]
    assert "Falta un mapa" not in client.get(at(table, "kit")).text
    client.force_login(again(liaison))
    assert "&lt;b&gt;Bien&lt;/b&gt;" in client.get(at(table, "run_kit")).text


def test_who_prepares_a_table_makes_and_publishes_its_kit(client: Client, exercise: Exercise, liaison: User) -> None:
    table = announced_table(exercise, liaison, criteria="Que se pueda.")
    client.force_login(again(liaison))
    page = client.get(at(table, "run_kit")).text
    assert "Falta el contexto" in page
    assert "El kit va tarde" in page
    assert "Todavía no se dice qué instituciones son competentes" in page
    assert client.post(at(table, "run_kit")).status_code == 409
    client.post(at(table, "kit_texts"), {"context": "Qué pasa.", "glossary": "Sin dos puntos"})
    assert not Kit.objects.filter(context="Qué pasa.").exists()
    client.post(at(table, "kit_texts"), {"context": "Qué pasa.", "glossary": "", "rules": "Sin celular"})
    sent = form_of(saying(DocumentKind.TREE))
    assert client.post(at(table, "new_document"), sent).status_code == 409
    client.post(at(table, "new_document"), {**sent, "document": paper()})
    document = KitDocument.objects.get()
    assert b"".join(client.get(at(table, "document_file", document.pk)).streaming_content) == b"%PDF-1.7 estudio"
    client.post(at(table, "edit_document", document.pk), {**sent, "title": "Árbol en papel"})
    with_paper(table, liaison, title="Segundo")
    second = KitDocument.objects.get(title="Segundo")
    client.post(at(table, "raise_document", second.pk))
    client.post(at(table, "drop_document", second.pk))
    assert list(KitDocument.objects.values_list("title", flat=True)) == ["Árbol en papel"]
    answer = client.post(at(table, "run_kit"))
    assert answer["Location"] == at(table, "run_kit")
    assert "Nada cambió desde la última versión" in client.get(at(table, "run_kit")).text
    client.post(at(table, "kit_texts"), {"context": "Qué pasa ahora."})
    assert "Qué cambió" in client.get(at(table, "run_kit")).text
    client.post(at(table, "run_kit"), {"note": "El contexto."})
    assert "Versión 2" in client.get(at(table, "kit")).text
    pages = PdfReader(BytesIO(b"".join(client.get(at(table, "kit_file", "kit.pdf")).streaming_content))).pages
    assert "Qué pasa ahora." in pages[0].extract_text()


def test_who_prepares_a_table_keeps_its_map(client: Client, table: Table, liaison: User) -> None:
    client.force_login(again(liaison))
    assert "Todavía no hay instituciones" in client.get(at(table, "run_institutions")).text
    sent = {"other": "Dirección de Limpia", "is_competent": "on", "faculty": "Rutas"}
    assert client.post(at(table, "run_institutions"), {**sent, "faculty": ""}).status_code == 409
    client.post(at(table, "run_institutions"), sent)
    one = table.institutions.get()
    assert "nadie se le ha acercado" in client.get(at(table, "run_institutions")).text
    client.post(at(table, "edit_institution", one.pk), {**sent, "post": "Dirección"})
    told = {"held_on": f"{day_of(NOW):%Y-%m-%d}", "kind": "formal", "account": "Oficio 1", "outcome": "will_not"}
    client.post(at(table, "approach", one.pk), told)
    page = client.get(at(table, "run_institutions")).text
    assert "dijo que no asistirá" in page
    assert "Oficio 1" in page
    assert client.post(at(table, "drop_institution", one.pk)).status_code == 409
    two = map_institution(table, InstitutionDetails(name="Obras", is_competent=False), by=again(liaison), at=NOW)
    client.post(at(table, "drop_institution", two.pk))
    assert [each.name for each in table.institutions.all()] == ["Dirección de Limpia"]


def test_a_map_and_a_draft_are_nobody_elses(client: Client, table: Table, cast: dict[str, User]) -> None:
    document = with_paper(table, cast["liaison"])
    for part in ("stranger", "representative", "other_liaison", "far_staff", "operator"):
        client.force_login(again(cast[part]))
        for name, *rest in (("run_kit",), ("run_institutions",), ("document_file", document.pk)):
            assert client.get(at(table, name, *rest)).status_code in {403, 404}
