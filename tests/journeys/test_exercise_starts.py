"""A liaison takes a municipality from nothing to a signed declaration, on a phone and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tequio.exercises.models import Exercise
from tequio.kernel.clock import day_of
from tests.cast import NOW
from tests.journeys.reader import WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from pathlib import Path

    from tequio.accounts.models import User
    from tests.cast import Land
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("EX-01", "EX-02", "SI-03")]
TODAY = day_of(NOW).isoformat()


def test_a_liaison_opens_an_exercise_and_its_declaration_is_signed(
    reader: Reader, liaison: User, land: Land, tmp_path: Path
) -> None:
    page = inside(reader, liaison)
    page.goto(f"{reader.site}/mis-ejercicios/")
    page.get_by_role("link", name="Abrir un ejercicio").click()
    page.get_by_label("Lugar").select_option(land.town.slug)
    page.get_by_label("Nombre del ejercicio").fill("Ejercicio nuestro")
    page.get_by_role("button", name="Abrir el ejercicio").click()
    page.wait_for_url("**/alta/")
    page.get_by_role("link", name=re.compile("Hacer este paso ?: Declaración conjunta")).click()
    page.get_by_role("link", name="Lugar y día de la firma").click()
    page.get_by_label("Lugar de la firma").fill("Kiosco")
    page.get_by_label("Día previsto").fill(TODAY)
    page.get_by_role("button", name="Guardar lugar y día").click()
    page.get_by_role("link", name="Quiénes firman").click()
    for sector in ("Órgano garante", "Entes públicos", "Sociedad civil"):
        page.get_by_label("Sector").select_option(label=sector)
        page.get_by_label("Institución u organización").fill(f"Parte de {sector}")
        page.get_by_role("button", name="Agregar firmante").click()
        expect(page.get_by_text(f"Parte de {sector} ·")).to_be_visible()
    page.get_by_role("link", name="Volver a los pasos").click()
    page.get_by_role("link", name="Texto de la declaración").click()
    page.get_by_role("button", name="Guardar el texto").click()
    page.get_by_role("link", name="Documento firmado").click()
    signed = tmp_path / "declaracion.pdf"
    signed.write_bytes(b"%PDF-1.7 firmada")
    page.get_by_label("Documento firmado").set_input_files(signed)
    page.get_by_role("button", name="Subir el documento").click()
    page.get_by_role("link", name="Dar por firmada y arrancar el ejercicio").click()
    page.get_by_role("button", name="Dar por firmada la declaración").click()
    page.wait_for_url("**/trabajo/declaracion/")
    exercise = Exercise.objects.get()
    page.goto(f"{reader.site}/ejercicios/{exercise.slug}/declaracion/")
    expect(page.get_by_text("Con ella arrancó el ejercicio")).to_be_visible()
    assert reader.faults == []
    reader.check_page(f"/ejercicios/{exercise.slug}/declaracion/")


def test_the_working_pages_have_no_barrier(reader: Reader, exercise: Exercise, guarantor_staff: User) -> None:
    page = inside(reader, guarantor_staff, scripts=True)
    work = f"{reader.site}/ejercicios/{exercise.slug}/trabajo/"
    for tail in ("", "declaracion/", "declaracion/firmantes/", "metodo/", "entrega/"):
        page.goto(work + tail)
        reader.axe(page, tail or "work", WCAG)
        reader.sizes(page)
    page.goto(f"{reader.site}/abrir-ejercicio/")
    reader.axe(page, "open", WCAG)
    assert reader.faults == []
