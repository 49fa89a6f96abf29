"""The kit of a table: what comes by itself, what it lacks, its versions, who got it and what they say of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import NOW, again

from tequio.cocreation.conformity import kits_unpublished_or_late
from tequio.cocreation.enums import PRESENTATIONS, DocumentKind
from tequio.cocreation.models import Kit, KitDocument, Table
from tequio.cocreation.queries.kits import (
    CHATHAM_HOUSE,
    GLOSSARY,
    RULES,
    WARNED,
    kit_content,
    kit_of,
    receipt_token,
    timing,
    versions_of,
)
from tequio.cocreation.tests.gatherings import announced_table, convened
from tequio.cocreation.tests.kits import SAYS, light, paper, published, ready_table, saying, with_paper
from tequio.cocreation.workflows import (
    KitTexts,
    acknowledge_kit,
    add_document,
    change_document,
    forget_receipts,
    move_document_up,
    publish_kit,
    remove_document,
    send_feedback,
    write_kit,
)
from tequio.cocreation.workflows.kit_mail import send_to_latecomers, tell_kit
from tequio.cocreation.workflows.kits import HEAVIEST_SHEET, LONGEST_CONTEXT, LONGEST_FEEDBACK, MOST_DOCUMENTS
from tequio.exercises.queries.events import token_of
from tequio.exercises.tests.happenings import registered
from tequio.exercises.workflows import cancel_event, cancel_registration, forget_attendees
from tequio.kernel.clock import day_of
from tequio.kernel.duties import owed_by
from tequio.kernel.ledger import ledger_lines
from tequio.kernel.models import Attachment, Concept, ConceptScheme, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("DX-04")]


@pytest.fixture(autouse=True)
def _media(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def table(exercise: Exercise, liaison: User) -> Table:
    return ready_table(exercise, liaison)


def said(key: str, name: str, definition: str) -> None:
    scheme, _ = ConceptScheme.objects.get_or_create(key=key, defaults={"name": key})
    Concept.objects.create(scheme=scheme, code=name, name=name, definition=definition, kind="", order=1)


def test_what_its_data_say_comes_by_itself(table: Table) -> None:
    said(GLOSSARY, "Causa", "Lo que provoca el problema.")
    said(RULES, "Escucha", "Habla una persona a la vez.")
    content = kit_content(kit_of(table))
    assert content["trees"] == [
        {
            "key": "arbol-1",
            "title": "Residuos sin separar",
            "problem": "La basura no se separa",
            "causes": ["No hay rutas"],
            "effects": ["Ratas"],
        }
    ]
    assert [stage["name"] for stage in content["agenda"]][:2] == ["Registro", "Bienvenida"]
    assert content["criteria"] == "Que sea posible en dos años."
    assert [rule["name"] for rule in content["rules"]] == [CHATHAM_HOUSE["name"], "Mesas de trabajo", "Escucha"]
    assert [one["word"] for one in content["glossary"]] == ["Causa", "Lixiviado"]
    assert content["rules"][1]["text"].startswith("Se trabaja en mesas de 5 a 10 personas")
    assert content["minutes"] == content["own_minutes"] >= 1


def test_its_reading_time_is_of_everything(table: Table, liaison: User) -> None:
    before = kit_content(kit_of(table))["minutes"]
    with_paper(table, liaison, minutes=25)
    assert kit_content(kit_of(table))["minutes"] == before + 25
    write_kit(table, KitTexts(context="palabra " * 400), by=again(liaison), at=NOW)
    assert kit_content(kit_of(table))["own_minutes"] >= 2


def test_a_kit_without_its_parts_is_not_published(exercise: Exercise, liaison: User) -> None:
    bare = announced_table(exercise, liaison, template=None)
    with pytest.raises(Refused) as refused:
        published(bare, liaison)
    for part in ("contexto", "árbol de problemas", "agenda", "criterios"):
        assert part in str(refused.value)
    write_kit(bare, KitTexts(context="Qué pasa."), by=again(liaison), at=NOW)
    for kind in (DocumentKind.TREE, DocumentKind.AGENDA, DocumentKind.CRITERIA):
        add_document(bare, saying(kind, url="https://example.mx/a"), by=again(liaison), at=NOW)
    assert published(bare, liaison).number == 1


def test_a_table_that_is_not_announced_has_no_public_kit(exercise: Exercise, liaison: User) -> None:
    with pytest.raises(Refused, match="Anuncia antes la mesa"):
        published(convened(exercise, liaison), liaison)


def test_versions_say_what_changed_and_keep_their_files(table: Table, liaison: User) -> None:
    document = with_paper(table, liaison)
    first = published(table, liaison)
    assert sorted(file.name for file in first.files.all()) == ["01-estudio-de-residuos.pdf", "kit.pdf", "kit.zip"]
    with pytest.raises(Refused, match="Nada cambió"):
        published(table, liaison, note="Nada")
    remove_document(document, by=again(liaison), at=NOW)
    assert not Attachment.objects.filter(kit_document__isnull=False).exists()
    with pytest.raises(Refused, match="Di qué cambió"):
        published(table, liaison)
    second = published(table, liaison, note="Se retira el estudio.", at=NOW + timedelta(days=1))
    assert [(edition.number, edition.note) for edition in versions_of(table)] == [(2, "Se retira el estudio."), (1, "")]
    assert [file.name for file in second.files.all()] == ["kit.pdf", "kit.zip"]
    with first.files.get(name="01-estudio-de-residuos.pdf").open() as kept:
        assert kept.read() == b"%PDF-1.7 estudio"
    kit = Kit.objects.get()
    assert kit.published_at == NOW
    assert Kit.objects.visible_to(None).get() == kit


def test_the_record_has_the_hash_of_every_file(table: Table, liaison: User) -> None:
    with_paper(table, liaison)
    edition = published(table, liaison)
    record = "\n".join(ledger_lines())
    assert edition.sha256 in record
    for file in edition.files.all():
        assert file.sha256 in record
        assert default_storage.exists(file.path)


def test_what_would_be_heavy_on_paper_is_refused_in_words(table: Table, liaison: User) -> None:
    def heavy(_content: dict[str, Any]) -> bytes:
        return b"x" * (HEAVIEST_SHEET + 1)

    with pytest.raises(Refused, match=r"pesaría 1\.0 MB y debe pesar 1 MB"):
        publish_kit(table, heavy, by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="cabe en una página"):
        write_kit(table, KitTexts(context="x" * (LONGEST_CONTEXT + 1)), by=again(liaison), at=NOW)
    assert versions_of(table) == []


def test_a_kit_that_another_changed_meanwhile_is_not_published(table: Table, liaison: User) -> None:
    def slow(content: dict[str, Any]) -> bytes:
        write_kit(table, KitTexts(context="Otra cosa."), by=again(liaison), at=NOW)
        return light(content)

    with pytest.raises(Refused, match="Alguien cambió el kit"):
        publish_kit(table, slow, by=again(liaison), at=NOW)
    assert versions_of(table) == []


def test_a_document_is_a_file_or_a_link(table: Table, liaison: User) -> None:
    by = again(liaison)
    for upload, url in ((None, ""), (paper(), "https://example.mx/a")):
        with pytest.raises(Refused, match="una de las dos cosas"):
            add_document(table, saying(url=url), upload, by=by, at=NOW)
    with pytest.raises(Refused, match="https://"):
        add_document(table, saying(url="javascript:alert(1)"), by=by, at=NOW)
    with pytest.raises(Refused, match="no se reconoce"):
        add_document(table, saying(), SimpleUploadedFile("a.pdf", b"MZ programa"), by=by, at=NOW)
    document = with_paper(table, liaison)
    changed = change_document(document, saying(title="Otro título"), by=by, at=NOW)
    assert changed.title == "Otro título"
    assert changed.file is not None
    linked = change_document(document, saying(url="https://example.mx/a"), by=by, at=NOW)
    assert linked.file is None
    assert Attachment.objects.filter(name="estudio.pdf").count() == 0


@pytest.mark.req("CO-09")
@pytest.mark.parametrize("kind", PRESENTATIONS)
def test_a_presentation_says_its_three_relations(table: Table, liaison: User, kind: str) -> None:
    for name in SAYS:
        with pytest.raises(Refused, match="Agenda 2030, con la igualdad de género y con la inclusión"):
            add_document(table, saying(kind, **{**SAYS, name: " "}), paper(), by=again(liaison), at=NOW)
    document = add_document(table, saying(kind, **SAYS), paper(), by=again(liaison), at=NOW)
    told = published(table, liaison).content["documents"][0]
    assert {name: told[name] for name in SAYS} == SAYS
    assert told["sha256"] == (document.file and document.file.sha256)


def test_documents_go_in_the_order_that_is_given_to_them(table: Table, liaison: User) -> None:
    by = again(liaison)
    one, two, three = (with_paper(table, liaison, title=title) for title in ("Uno", "Dos", "Tres"))
    move_document_up(three, by=by, at=NOW)
    move_document_up(one, by=by, at=NOW)
    assert list(KitDocument.objects.values_list("title", flat=True)) == ["Uno", "Tres", "Dos"]
    remove_document(one, by=by, at=NOW)
    move_document_up(two, by=by, at=NOW)
    assert list(KitDocument.objects.values_list("title", flat=True)) == ["Dos", "Tres"]


def test_a_kit_has_an_end(table: Table, liaison: User) -> None:
    for _ in range(MOST_DOCUMENTS):
        add_document(table, saying(url="https://example.mx/a"), by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="30 documentos como máximo"):
        with_paper(table, liaison)
    cancel_event(table.event, "Llueve.", by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="su kit no se cambia"):
        write_kit(table, KitTexts(), by=again(liaison), at=NOW)


def test_only_who_runs_the_exercise_prepares_its_kits(table: Table, cast: dict[str, User]) -> None:
    document = with_paper(table, cast["liaison"])
    for by in (AnonymousUser(), *(cast[part] for part in ("stranger", "representative", "other_liaison", "operator"))):
        for act in (
            lambda by: write_kit(table, KitTexts(), by=by, at=NOW),
            lambda by: add_document(table, saying(), paper(), by=by, at=NOW),
            lambda by: change_document(document, saying(), by=by, at=NOW),
            lambda by: remove_document(document, by=by, at=NOW),
            lambda by: move_document_up(document, by=by, at=NOW),
            lambda by: publish_kit(table, light, by=by, at=NOW),
        ):
            with pytest.raises(Refused, match="no organiza mesas"):
                act(by)


@pytest.mark.parametrize(
    ("days", "warns", "late"),
    [(17, False, 0), (16, True, 0), (15, True, 0), (14, True, 0), (13, True, 1), (0, True, 14)],
)
def test_the_kit_is_asked_for_from_sixteen_days_before(
    exercise: Exercise, liaison: User, days: int, *, warns: bool, late: int
) -> None:
    table = ready_table(exercise, liaison, days=30)
    assert table.event.starts_at
    at = table.event.starts_at - timedelta(days=days, minutes=1)
    stands = timing(kit_of(table), day_of(table.event.starts_at) - timedelta(days=days))
    assert stands
    assert (stands.warns, stands.late) == (warns, late)
    owed = [duty for duty in owed_by(again(liaison), at).duties if duty.key.startswith("cocreation.publish_kit")]
    assert [duty.thing for duty in owed] == (["el kit de «Mesa de residuos»"] if warns else [])
    for duty in owed:
        assert duty.due_on == day_of(table.event.starts_at) - timedelta(days=14)
        assert duty.is_late(at) == (days < 14)
        assert duty.address.endswith("/trabajo/mesas/mesa-de-residuos/kit/")
    assert WARNED == 16


@pytest.mark.parametrize(("days", "late"), [(20, 0), (14, 0), (13, 1), (1, 13)])
def test_a_kit_that_comes_late_says_by_how_many_days(exercise: Exercise, liaison: User, days: int, late: int) -> None:
    table = ready_table(exercise, liaison, days=days)
    assert "no tiene su kit" in str(kits_unpublished_or_late(exercise, day_of(NOW)))
    published(table, liaison)
    stands = timing(kit_of(table), day_of(NOW))
    assert stands
    assert (stands.late, stands.warns) == (late, False)
    assert [duty for duty in owed_by(again(liaison), NOW).duties if "publish_kit" in duty.key] == []
    told = kits_unpublished_or_late(exercise, day_of(NOW))
    assert told is None if not late else f"{late} días tarde" in str(told)


def test_nobody_else_is_asked_for_a_kit(exercise: Exercise, cast: dict[str, User]) -> None:
    ready_table(exercise, cast["liaison"], days=10)
    for part in ("superuser", "operator", "far_staff", "other_liaison", "representative", "stranger"):
        assert [duty for duty in owed_by(again(cast[part]), NOW).duties if "cocreation" in duty.key] == []


def test_a_kit_is_not_published_for_the_first_time_once_its_table_began(exercise: Exercise, liaison: User) -> None:
    table = ready_table(exercise, liaison, days=1)
    with pytest.raises(Refused, match="ya empezó"):
        published(table, liaison, at=NOW + timedelta(days=2))


def test_who_registered_gets_each_version_once_by_mail(table: Table, liaison: User) -> None:
    registered(table.event, "ana", AnonymousUser())
    gone = registered(table.event, "beto", AnonymousUser())
    cancel_registration(table.event, token_of(gone), at=NOW)
    edition = published(table, liaison)
    key = f"kit:{table.event.pk}:1"
    assert tell_kit.call(table.pk, edition.number, NOW.isoformat()) == 1
    assert tell_kit.call(table.pk, edition.number, NOW.isoformat()) == 0
    registered(table.event, "caro", AnonymousUser())
    assert send_to_latecomers(at=NOW) == 1
    assert send_to_latecomers(at=NOW) == 0
    told = OutboxMessage.objects.filter(key=key)
    assert sorted(told.values_list("recipient", flat=True)) == ["ana@example.mx", "caro@example.mx"]
    for message in told:
        assert "/kit/recibido/" in message.body
        assert message.subject == "El kit para prepararte: Mesa de residuos"
    with_paper(table, liaison)
    published(table, liaison, note="Se agrega el estudio.")
    assert tell_kit.call(table.pk, 1, NOW.isoformat()) == 0
    assert tell_kit.call(table.pk, 2, NOW.isoformat()) == 2
    assert "Se agrega el estudio." in OutboxMessage.objects.filter(key=f"kit:{table.event.pk}:2")[0].body


def test_a_receipt_counts_once_and_says_nothing_of_who(table: Table, liaison: User) -> None:
    ana, beto = (registered(table.event, name, AnonymousUser()) for name in ("ana", "beto"))
    assert acknowledge_kit(table, receipt_token(ana), at=NOW) is False
    published(table, liaison)
    for _ in range(2):
        assert acknowledge_kit(table, receipt_token(ana), at=NOW) is True
    assert acknowledge_kit(table, receipt_token(beto), at=NOW) is True
    for token in ("nada", "", ana.code, f"{ana.code}.x"):
        assert acknowledge_kit(table, token, at=NOW) is False
    kit = Kit.objects.get()
    assert kit.received == 2
    assert kit.receipts == sorted(kit.receipts)
    assert ana.code not in str(kit.receipts)
    assert table.event.ends_at
    over = table.event.ends_at + timedelta(days=31)
    assert forget_receipts() == 0
    forget_attendees(at=over)
    assert forget_receipts() == 1
    kit.refresh_from_db()
    assert (kit.received, kit.receipts) == (2, [])


def test_feedback_has_no_author_no_instant_and_no_order(table: Table, liaison: User) -> None:
    with pytest.raises(Refused, match="todavía no se publica"):
        send_feedback(table, "Bien", at=NOW)
    published(table, liaison)
    for text in ("Zanja las dudas", "  Falta   el mapa ", "Zanja las dudas", "añade fotos"):
        send_feedback(table, text, at=NOW)
    assert Kit.objects.get().feedback == ["añade fotos", "Falta el mapa", "Zanja las dudas"]
    with pytest.raises(Refused, match="Escribe tu opinión"):
        send_feedback(table, " \n ", at=NOW)
    with pytest.raises(Refused, match="cabe en 1,000 letras"):
        send_feedback(table, "x" * (LONGEST_FEEDBACK + 1), at=NOW)
