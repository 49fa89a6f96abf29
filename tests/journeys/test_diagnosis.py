"""Anybody proposes and supports a public problem on a phone without an account; a liaison groups it into a theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tequio.cocreation.models import Problem
from tequio.cocreation.tests.diagnosis import (
    agreed,
    approved,
    opened,
    path_of,
    proposed,
    published,
    sent,
    support_link,
    supported,
)
from tequio.cocreation.workflows import approve_theme, group_problem, hide_problem
from tequio.exercises.models import Exercise
from tequio.kernel.models import OutboxMessage
from tests.cast import NOW, again
from tests.journeys.reader import WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("DX-01", "DX-05")]
WORK = "/ejercicios/niebla/trabajo/problemas/"


@pytest.fixture
def place(exercise: Exercise) -> Exercise:
    """An exercise at an address that is written here."""
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    return exercise


def link_in(page: str) -> str:
    """Return the last secret address of a kind that was mailed."""
    bodies = OutboxMessage.objects.order_by("-queued_at").values_list("body", flat=True)
    return next(found[0] for body in bodies if (found := re.search(rf"/ejercicios/\S+/{page}/\S+", body)))


def test_from_a_proposal_to_its_theme_without_scripts(
    reader: Reader, place: Exercise, liaison: User, notices: None
) -> None:
    opened(place, liaison)
    proposed(place, liaison)
    visitor = reader.browser.new_context(java_script_enabled=False, locale="es-MX").new_page()
    visitor.goto(f"{reader.site}/ejercicios/niebla/problemas/")
    visitor.get_by_role("link", name="Proponer un problema").click()
    visitor.get_by_label("El problema, en pocas palabras").fill("No hay banquetas")
    visitor.get_by_label("Qué pasa").fill("Se camina por el arroyo vehicular.")
    visitor.get_by_label("Correo electrónico").fill("ana@example.mx")
    visitor.get_by_label("Leí el aviso").check()
    visitor.get_by_role("button", name="Enviar").click()
    expect(visitor.get_by_role("heading", name="Revisa tu correo")).to_be_visible()
    visitor.goto(reader.site + link_in("mi-propuesta"))
    visitor.get_by_role("button", name="Confirmar y publicar").click()
    visitor.get_by_role("link", name="Ver su página pública").click()
    visitor.get_by_role("link", name="Apoyar este problema").click()
    visitor.get_by_label("Correo electrónico").fill("beto@example.mx")
    visitor.get_by_label("Leí el aviso").check()
    visitor.get_by_role("button", name="Enviarme la liga").click()
    visitor.goto(reader.site + link_in("mi-apoyo"))
    visitor.get_by_role("button", name="Confirmar mi apoyo").click()
    expect(visitor.get_by_role("heading", name="Tu apoyo cuenta")).to_be_visible()
    staff = inside(reader, liaison)
    staff.goto(reader.site + WORK)
    staff.get_by_role("link", name="No hay banquetas").click()
    staff.get_by_label("Agruparla en una temática").check()
    staff.get_by_label("Temática, si se agrupa").select_option("movilidad")
    staff.get_by_role("button", name="Responder").click()
    expect(staff.get_by_text("1 de 1")).to_be_visible()
    assert Problem.objects.get().theme is not None
    assert reader.faults == []


def test_what_anybody_reads_of_problems_and_themes_has_no_barrier(
    reader: Reader, place: Exercise, liaison: User, notices: None
) -> None:
    reader.check_page("/ejercicios/niebla/tematicas/")
    consultation = opened(place, liaison)
    theme = approved(place, liaison)
    one, two = (published(consultation, name, at=NOW) for name in ("ana", "beto"))
    supported(one, "carla", at=NOW)
    group_problem(one, theme, by=again(liaison), at=NOW)
    hide_problem(two, "Señala a una persona con su nombre.", by=again(liaison), at=NOW)
    waiting = sent(consultation, "dora", at=NOW)
    reader.check_page("/ejercicios/niebla/tematicas/?atajos=1")
    reader.check_page("/ejercicios/niebla/problemas/")
    reader.check_page("/ejercicios/niebla/problemas/1/")
    reader.check_page("/ejercicios/niebla/problemas/2/")
    reader.check_form("/ejercicios/niebla/problemas/proponer/")
    reader.check_form("/ejercicios/niebla/problemas/1/apoyar/")
    reader.check_form(path_of(waiting))
    reader.check_form(f"/ejercicios/niebla/problemas/mi-apoyo/{support_link(one, 'elsa', at=NOW)}/")
    missing = reader.browser.new_page()
    missing.goto(f"{reader.site}/ejercicios/niebla/problemas/mi-propuesta/nada/")
    expect(missing.get_by_role("heading", name="Esta liga ya no abre una propuesta")).to_be_visible()
    missing.goto(f"{reader.site}/ejercicios/niebla/problemas/mi-apoyo/nada/")
    expect(missing.get_by_role("heading", name="Esta liga ya no abre nada")).to_be_visible()


def test_who_prepares_themes_meets_no_barrier(reader: Reader, place: Exercise, liaison: User) -> None:
    published(opened(place, liaison), "ana", at=NOW)
    _, agreement = agreed(place, liaison)
    approve_theme(proposed(place, liaison), agreement, by=again(liaison), at=NOW)
    proposed(place, liaison, name="Agua")
    staff = inside(reader, liaison, scripts=True)
    for page in ("tematicas/", "tematicas/nueva/", "tematicas/agua/", "tematicas/agua/aprobar/", "problemas/",
                 "tematicas/agua/retirar/", "problemas/consulta/", "problemas/cerrar/", "problemas/1/"):  # fmt: skip
        staff.goto(f"{reader.site}/ejercicios/niebla/trabajo/{page}")
        reader.axe(staff, page, WCAG)
        reader.sizes(staff)
    assert reader.faults == []
