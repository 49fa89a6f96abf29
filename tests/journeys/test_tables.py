"""A table's pages read in every way, and a room that follows its facilitator by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tequio.cocreation.enums import NodeKind
from tequio.cocreation.models import ProblemTree, SmallTable, Table
from tequio.cocreation.tests.gatherings import announced_table, begun_table
from tequio.cocreation.workflows import (
    DraftText,
    add_entry,
    close_table,
    close_text,
    next_stage,
    publish_table_report,
    write_draft,
)
from tequio.exercises.models import Event, Exercise
from tests.cast import again
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("CO-04", "CO-05", "CO-06", "CO-10")]


@pytest.fixture
def today(exercise: Exercise, liaison: User) -> Table:
    """A table under way with something on a sheet and a text that changed since it was closed."""
    soon = timezone.now() + timedelta(minutes=10)
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    table = begun_table(exercise, liaison, starts_at=soon, ends_at=soon + timedelta(hours=5))
    Event.objects.filter(pk=table.event_id).update(slug="mesa")
    Table.objects.filter(pk=table.pk).update(room_code="SALA2345")
    SmallTable.objects.filter(table=table, number=1).update(key="tarjeta-1")
    table = Table.objects.get(pk=table.pk)
    small = table.small_tables.get(number=1)
    add_entry(small, "answer", "Separar la basura en el mercado", question=0, at=timezone.now())
    add_entry(small, "alternative", "Botes de tres colores", at=timezone.now())
    return table


def test_its_pages_are_read_in_every_way(reader: Reader, today: Table, liaison: User) -> None:
    reader.check_page("/ejercicios/niebla/mesas/")
    reader.check_page("/ejercicios/niebla/mesas/mesa/")
    reader.check_form("/sala/SALA2345/hoja/tarjeta-1/")
    who = {"by": again(liaison), "at": timezone.now()}
    write_draft(today, DraftText(title="Basura a la vista", text="Publicar cada mes cuánta se recoge."), seen=0, **who)
    close_text(today, "preliminary", seen=1, **who)
    write_draft(
        today, DraftText(title="Basura a la vista", text="Publicar cada semana cuánta se recoge."), seen=1, **who
    )
    reader.check_page("/sala/SALA2345/")
    reader.check_page("/sala/SALA2345/proyector/")


def test_a_closed_table_shows_its_report(reader: Reader, today: Table, liaison: User) -> None:
    who = {"by": again(liaison), "at": today.event.starts_at}
    close_table(today, "dialogue", reason="No vino quien decide.", lessons="Visitar antes a la dirección.", **who)
    publish_table_report(today, **who)
    reader.check_page("/ejercicios/niebla/mesas/mesa/")
    exercise = Exercise.objects.get(slug="niebla")
    following = announced_table(exercise, liaison, theme=today.theme, template=None)
    Table.objects.filter(pk=following.pk).update(follows=today, room_code="SALA6789")
    Event.objects.filter(pk=following.event_id).update(slug="segunda")
    reader.check_page("/ejercicios/niebla/mesas/segunda/")
    reader.check_page("/sala/SALA6789/")
    reader.check_page("/sala/SALA6789/proyector/")


def test_the_room_follows_whoever_conducts(reader: Reader, today: Table, liaison: User) -> None:
    phone = reader.browser.new_page(viewport={"width": 360, "height": 740})
    phone.goto(f"{reader.site}/sala/SALA2345/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Registro")
    conductor = inside(reader, liaison)
    conductor.goto(f"{reader.site}/ejercicios/niebla/trabajo/mesas/mesa/conduccion/")
    conductor.get_by_role("button", name="Siguiente: Bienvenida").click()
    expect(conductor.get_by_role("heading", level=1)).to_have_text("Bienvenida")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bienvenida", timeout=15_000)
    phone.context.set_offline(True)
    next_stage(today, seen=1, by=again(liaison), at=timezone.now())
    expect(phone.locator("body")).to_have_class("away", timeout=15_000)
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Formulación", timeout=15_000)
    phone.close()


def test_a_paper_is_printed_typed_and_added_without_javascript(reader: Reader, today: Table, liaison: User) -> None:
    ProblemTree.objects.create(exercise=today.exercise, theme=today.theme, key="a", order=1, title="A").nodes.create(
        kind=NodeKind.CAUSE, order=2, text="Faltan botes"
    )
    page = inside(reader, liaison)
    page.goto(f"{reader.site}/ejercicios/niebla/trabajo/mesas/mesa/papel/")
    expect(page.locator(".paper")).to_have_count(3)
    page.get_by_role("link", name="Capturar la hoja de la mesa 1").click()
    page.get_by_label("¿Qué podemos hacer?").fill("Separar la basura en el mercado\nAvisar por la radio")
    first = page.get_by_role("group", name="Alternativa 1", exact=True)
    first.get_by_label("Alternativa", exact=True).fill("Botes de tres colores")
    first.get_by_label("Números de las causas").fill("2")
    first.get_by_label("Prioridad").select_option("1")
    page.get_by_role("button", name="Revisar lo que se agregará").click()
    expect(page.locator("#revisar")).to_contain_text("Avisar por la radio")
    expect(page.locator("#revisar")).to_contain_text("2 renglones ya estaban en la hoja y no se repiten")
    page.get_by_role("button", name="Agregar a la hoja").click()
    expect(page.get_by_role("status")).to_contain_text("Se agregaron 3 renglones de papel")
    page.goto(f"{reader.site}/sala/SALA2345/hoja/tarjeta-1/")
    expect(page.locator("#pregunta-0")).to_contain_text("Avisar por la radio")
