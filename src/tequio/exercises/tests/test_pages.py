"""The working pages: who opens them, what they ask, what they refuse in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import NOW, Land, begun

from tequio.accounts.enums import OrganizationKind
from tequio.accounts.models import Organization
from tequio.exercises.enums import ExerciseState
from tequio.exercises.models import Exercise
from tequio.exercises.tests.test_phases import KITE, method, phase, states
from tequio.kernel.clock import day_of

if TYPE_CHECKING:
    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]
TODAY = day_of(NOW)


def entered(person: User) -> Client:
    """Return a browser in which a person has entered."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def guided(land: Land, guarantor_staff: User) -> Exercise:
    """The town's exercise, in its first step of two."""
    method(land, "guia", ["declaracion-firmada"], [KITE.key])
    return begun(land.town, "Ejercicio guiado", guarantor_staff)


def test_liaison_opens_an_exercise_and_signs_its_declaration(land: Land, liaison: User) -> None:
    client = entered(liaison)
    page = client.get("/abrir-ejercicio/").content.decode()
    assert f'value="Ejercicio de Gobierno Abierto de {land.town.name}' in page
    assert land.other_town.name not in page
    sent = {"place": land.town.slug, "title": "Ejercicio nuestro", "first_year": 2031, "last_year": 2032}
    answer = client.post("/abrir-ejercicio/", sent)
    exercise = Exercise.objects.get()
    work = f"/ejercicios/{exercise.slug}/trabajo/"
    assert answer["Location"] == f"/municipios/{land.town.slug}/alta/"
    steps = f"{work}declaracion/"
    text = client.get(f"{steps}texto/").content.decode()
    assert f"EN {land.town.name.upper()}" in text
    assert str(land.guarantor) in text
    day = TODAY.isoformat()
    client.post(f"{steps}acto/", {"place": "Plaza", "act_on": day})
    for sector in ("guarantor", "public_bodies", "civil_society"):
        client.post(f"{steps}firmantes/", {"sector": sector, "represents": f"Parte {sector}"})
    client.post(f"{steps}texto/", {"text": "Declaramos."})
    early = client.post(f"{steps}firma/", {"signed_on": day})
    assert "Falta subir el documento firmado" in early.content.decode()
    document = SimpleUploadedFile("declaracion.pdf", b"%PDF-1.7 firmada")
    client.post(f"{steps}documento/", {"document": document})
    assert b"".join(client.get(f"{steps}archivo")) == b"%PDF-1.7 firmada"
    public = f"/ejercicios/{exercise.slug}/declaracion/"
    assert client.get(public).status_code == 404
    signed = client.post(f"{steps}firma/", {"signed_on": day})
    assert signed["Location"] == steps
    exercise.refresh_from_db()
    assert exercise.state == ExerciseState.OPEN
    shown = client.get(public).content.decode()
    assert "Con ella arrancó el ejercicio" in shown
    served = client.get(f"{public}documento")
    assert b"".join(served) == b"%PDF-1.7 firmada"
    assert "Se publica cuando" not in client.get(work).content.decode()


def test_signatory_is_taken_off(land: Land, liaison: User) -> None:
    client = entered(liaison)
    client.post("/abrir-ejercicio/", {"place": land.town.slug, "title": "X", "first_year": 2031, "last_year": 2031})
    steps = f"/ejercicios/{Exercise.objects.get().slug}/trabajo/declaracion/"
    client.post(f"{steps}firmantes/", {"sector": "guarantor", "represents": "Garante"})
    client.post(f"{steps}firmantes/1/quitar/")
    assert "Todavía no anotas a nadie" in client.get(f"{steps}firmantes/").content.decode()
    assert client.get(f"{steps}cosa/").status_code == 404


def test_phase_gets_dates_and_is_done(guided: Exercise, liaison: User) -> None:
    client, work = entered(liaison), f"/ejercicios/{guided.slug}/trabajo/"
    day = TODAY.isoformat()
    wrong = client.post(f"{work}fases/1/fechas/", {"starts_on": day, "ends_on": "2001-01-01"})
    assert "termina antes de empezar" in wrong.content.decode()
    client.post(f"{work}fases/1/fechas/", {"starts_on": day, "ends_on": day})
    assert phase(guided, 1).ends_on == TODAY
    assert "La declaración conjunta está firmada" in client.get(work).content.decode()
    client.post(f"{work}fases/1/hecha/")
    assert states(guided) == ["done", "current"]
    refused = client.post(f"{work}fases/2/hecha/")
    assert (refused.status_code, "Falta echar a volar" in refused.content.decode()) == (409, True)
    assert client.get(f"{work}fases/9/fechas/").status_code == 404
    assert client.get(f"{work}fases/2/dispensa/").status_code == 403


def test_staff_waive_change_the_method_and_hand_over(guided: Exercise, guarantor_staff: User, land: Land) -> None:
    client, work = entered(guarantor_staff), f"/ejercicios/{guided.slug}/trabajo/"
    assert "no hay otro método" in client.get(f"{work}metodo/").content.decode().lower()
    method(land, "guia-nueva", [], [KITE.key], valid_from=TODAY)
    client.post(f"{work}metodo/", {"phase": "guia-nueva:2", "agreement": "Acuerdo 4"})
    assert states(guided) == ["done", "current"]
    client.post(f"{work}fases/2/dispensa/", {"requisite": KITE.key, "reason": "No hay viento"})
    assert "se dispensó. No hay viento" in client.get(work).content.decode()
    other = begun(land.other_town, "Otro", guarantor_staff)
    Organization.objects.create(
        key="sucesor", kind=OrganizationKind.GUARANTOR, name="El que sucede", jurisdiction=land.state
    )
    sent = {"successor": "sucesor", "on": TODAY.isoformat(), "everywhere": "on"}
    assert client.post(f"{work}entrega/", sent)["Location"] == f"/ejercicios/{guided.slug}/"
    assert [each.guarantor_terms.count() for each in (guided, other)] == [2, 2]
    assert client.get(work).status_code == 404


def test_closing_says_what_is_left(guided: Exercise, guarantor_staff: User) -> None:
    client, address = entered(guarantor_staff), f"/ejercicios/{guided.slug}/trabajo/cierre/"
    assert "Faltan por concluir" in client.post(address).content.decode()
    Exercise.objects.filter(pk=guided.pk).update(state=ExerciseState.CLOSED)
    client.post(address, {"archive": "1"})
    assert Exercise.objects.get(pk=guided.pk).archived_on == TODAY


def test_exercise_of_another_place_is_not_there(
    guided: Exercise, other_liaison: User, stranger: User, far_staff: User
) -> None:
    work = f"/ejercicios/{guided.slug}/trabajo/"
    for tail in ("", "declaracion/", "declaracion/texto/", "fases/1/fechas/"):
        assert entered(other_liaison).get(f"{work}{tail}").status_code == 404
        assert entered(far_staff).get(f"{work}{tail}").status_code == 404
        assert entered(stranger).get(f"{work}{tail}").status_code == 403
        assert Client().get(f"{work}{tail}").status_code == 302


def test_my_exercises_are_those_i_run(guided: Exercise, liaison: User, other_liaison: User) -> None:
    assert guided.name in entered(liaison).get("/mis-ejercicios/").content.decode()
    assert "Todavía no hay un ejercicio" in entered(other_liaison).get("/mis-ejercicios/").content.decode()
