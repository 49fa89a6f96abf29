"""The pages of tables, opened and used as their people do, without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import again

from tequio.cocreation.models import SmallTable, Table
from tequio.cocreation.tests.gatherings import STAGES, announced_table, begun_table, convened, template_of, theme_of
from tequio.cocreation.workflows import add_entry
from tequio.exercises.enums import EventState

if TYPE_CHECKING:
    from django.test import Client

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("plain_static_files"),
    pytest.mark.req("CO-01", "CO-04", "CO-06", "CO-07"),
]
SOON = (timezone.now() + timedelta(hours=1)).replace(second=0, microsecond=0)
"""A table that can be conducted now: its day is today."""


def at_work(table: Table, name: str) -> str:
    """Return the address of a working page of a table."""
    return reverse(f"cocreation:{name}", args=[table.exercise.slug, table.event.slug])


@pytest.fixture
def today(exercise: Exercise, liaison: User) -> Table:
    """A table that began, with two small tables."""
    return begun_table(exercise, liaison, starts_at=SOON, ends_at=SOON + timedelta(hours=5))


def test_a_liaison_prepares_and_announces_a_table(client: Client, exercise: Exercise, liaison: User) -> None:
    client.force_login(liaison)
    listed = reverse("cocreation:run_tables", args=[exercise.slug])
    assert "Todavía no hay temáticas aprobadas" in client.get(listed).content.decode()
    theme, template = theme_of(exercise), template_of(exercise)
    assert "Todavía no hay mesas" in client.get(listed).content.decode()
    form = {
        "title": "Mesa de residuos",
        "kind": "commitment",
        "theme": theme.pk,
        "template": template.pk,
        "starts_at": "2027-04-16T09:30",
        "mode": "in_person",
        "place": "Casa de cultura",
    }
    new = reverse("cocreation:new_table", args=[exercise.slug])
    wrong = client.post(new, form | {"theme": ""})
    assert "Temática" in wrong.content.decode()
    answer = client.post(new, form)
    table = Table.objects.get()
    assert answer["Location"] == at_work(table, "run_table")
    assert table.stages.count() == len(STAGES)
    assert client.post(at_work(table, "run_table"), {"move": "publish"}).status_code == 302
    table.event.refresh_from_db()
    assert table.event.state == EventState.PUBLISHED
    public = client.get(table.get_absolute_url()).content.decode()
    assert "Registrarme" in public
    assert table.room_code not in public
    assert client.post(at_work(table, "run_table"), {"move": "otra"}).status_code == 409


def test_a_draft_table_is_seen_by_nobody_else(client: Client, exercise: Exercise, liaison: User) -> None:
    table = convened(exercise, liaison)
    for address in (table.get_absolute_url(), reverse("cocreation:room", args=[table.room_code])):
        assert client.get(address).status_code == 404
    client.force_login(again(liaison))
    assert client.get(at_work(table, "run_table")).status_code == 200


def test_its_stages_are_written_in_order(client: Client, exercise: Exercise, liaison: User) -> None:
    table = convened(exercise, liaison)
    client.force_login(liaison)
    page = client.get(at_work(table, "stages"))
    assert page.status_code == 200
    form = {"etapa-TOTAL_FORMS": "3", "etapa-INITIAL_FORMS": "3"}
    for n, (name, minutes, order) in enumerate((("Segunda", 20, 2), ("Primera", 10, 1), ("Fuera", 5, 3))):
        form |= {f"etapa-{n}-title": name, f"etapa-{n}-minutes": str(minutes), f"etapa-{n}-ORDER": str(order)}
        form |= {f"etapa-{n}-captures": "nothing"}
    answer = client.post(at_work(table, "stages"), form | {"etapa-2-DELETE": "on"})
    assert answer.status_code == 302
    assert [stage.name for stage in table.stages.all()] == ["Primera", "Segunda"]
    assert (
        "Di cuántos minutos" in client.post(at_work(table, "stages"), form | {"etapa-0-minutes": ""}).content.decode()
    )


def test_the_day_is_conducted_and_two_phones_do_not_skip_a_stage(client: Client, today: Table, liaison: User) -> None:
    client.force_login(liaison)
    address = at_work(today, "conduct")
    page = client.get(address).content.decode()
    assert "Registro" in page
    assert "Regla de Chatham House" in page
    assert client.post(address, {"move": "more", "seen": "0"}).status_code == 302
    assert today.stages.get(order=0).added == 5
    assert client.post(address, {"move": "next", "seen": "0"}).status_code == 302
    late = client.post(address, {"move": "next", "seen": "0"})
    assert late.status_code == 409
    assert "Otra pantalla ya cambió de etapa" in late.content.decode()
    room = client.get(reverse("cocreation:room", args=[today.room_code])).content.decode()
    assert "Bienvenida" in room
    state = client.get(reverse("cocreation:room_state", args=[today.room_code])).json()
    assert (state["stage"], state["next"]) == (1, "Formulación")
    assert client.get(reverse("cocreation:projector", args=[today.room_code.lower()])).status_code == 200


def test_a_small_table_writes_on_its_sheet_without_entering(client: Client, today: Table) -> None:
    small = today.small_tables.get(number=1)
    address = reverse("cocreation:sheet", args=[today.room_code, small.key])
    assert client.get(address).status_code == 200
    assert client.get(reverse("cocreation:sheet", args=[today.room_code, "otra-clave"])).status_code == 404
    sent = {"move": "answer", "question": "1", "text": "Con <b>datos</b> abiertos", "back": "pregunta-1"}
    answer = client.post(address, sent)
    assert answer["Location"] == f"{address}#pregunta-1"
    page = client.get(address).content.decode()
    assert "Con &lt;b&gt;datos&lt;/b&gt; abiertos" in page
    mark = SmallTable.objects.get(pk=small.pk).sheet["answers"]["1"][0]["k"]
    lost = client.post(address, {"move": "amend", "mark": mark, "was": "otra cosa", "text": "Lo mío"})
    assert lost.status_code == 409
    assert "Lo mío" in lost.content.decode()
    for move, other in (
        ("alternative", {"text": "Plantar"}),
        ("proposal", {"title": "Datos", "text": "Abrir.", "was": ""}),
        ("remove", {"mark": mark, "was": "Con <b>datos</b> abiertos"}),
    ):
        assert client.post(address, {"move": move, **other}).status_code == 302
    assert client.post(address, {"move": "otra"}).status_code == 409


def test_the_plenary_merges_writes_and_closes(client: Client, today: Table, liaison: User) -> None:
    small = today.small_tables.get(number=2)
    add_entry(small, "alternative", "Plantar", at=timezone.now())
    sheet = reverse("cocreation:sheet", args=[today.room_code, small.key])
    client.post(sheet, {"move": "proposal", "title": "Datos", "text": "Abrir las rutas.", "was": ""})
    client.force_login(liaison)
    address = at_work(today, "plenary")
    assert "Abrir las rutas." in client.get(address).content.decode()
    assert client.post(address, {"move": "merge", "seen": "0", "tables": ["2"]}).status_code == 302
    assert client.post(address, {"move": "preliminary", "seen": "1"}).status_code == 302
    text = {"title": "Datos", "text": "Abrir las rutas y horarios.", "long_term_objective": "Decidir con datos."}
    text |= {"definitive_commitment": "Todas publicadas."}
    stale = client.post(address, {"move": "write", "seen": "0", **text})
    assert stale.status_code == 409
    assert "Lo que está guardado ahora dice" in stale.content.decode()
    assert client.post(address, {"move": "write", "seen": "1", **text}).status_code == 302
    page = client.get(address).content.decode()
    assert "<ins>" in page
    assert "se agregó: " in page
    assert client.post(address, {"move": "definitive", "seen": "2"}).status_code == 302
    closing = at_work(today, "close_table")
    assert "Llegaron 0 personas" in client.get(closing).content.decode()
    assert client.post(closing, {"outcome": "dialogue"}).status_code == 409
    assert client.post(closing, {"outcome": "commitment", "lessons": "Más tiempo."}).status_code == 302


def test_a_stranger_opens_no_working_page(client: Client, today: Table, stranger: User, other_liaison: User) -> None:
    names = ("run_table", "edit_table", "stages", "conduct", "plenary", "close_table")
    for person in (stranger, other_liaison):
        client.force_login(person)
        for name in names:
            assert client.get(at_work(today, name)).status_code in {403, 404}, name


def test_the_public_list_says_what_came_of_each(client: Client, exercise: Exercise, liaison: User) -> None:
    address = reverse("cocreation:tables", args=[exercise.slug])
    assert "Todavía no hay mesas anunciadas" in client.get(address).content.decode()
    table = announced_table(exercise, liaison)
    assert table.event.name in client.get(address).content.decode()
