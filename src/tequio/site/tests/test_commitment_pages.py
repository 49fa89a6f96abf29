"""A commitment's page and route: the promise, the three voices, the form as printed, and what is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tequio.plans.consistency.forms import FORM

if TYPE_CHECKING:
    from django.test import Client

STATE, OPEN = "/ejercicios/edomex-2019-2021/compromisos/", "/ejercicios/tonalli-2023-2025/compromisos/"
PRINTED = (
    *FORM.values(),
    *("¿Cómo vamos a lograrlo?", "Vamos a llevar a cabo las siguientes acciones clave", "Acciones clave"),
    *("Fechas de implementación", "¿Qué problema público ayuda a resolver y cómo?"),
    *("Fecha de inicio y Fecha de finalización del compromiso", "Información Adicional", "Información de contacto"),
    *("Actividades a desarrollar para el cumplimiento del compromiso", "Persona(s) Responsable(s) de la actividad"),
    *(
        "Medio de Verificación y/o seguimiento",
        "Fecha de Inicio",
        "Fecha de Finalización",
        "Correo electrónico:",
        "Tel:",
    ),
    "Personas responsables de la Institución responsable (incluir cargo, departamento, correo electrónico y teléfono)",
    *("Otros actores involucrados", "Agencias Gubernamentales", "Organizaciones de la Sociedad Civil"),
    *("Sector Privado", "Academia", "Información Extra (Anexos)", "Línea de Acción 1", "Descripción / Objetivo"),
    *("Medio de verificación", "Objetivo del Compromiso"),
)


def read(client: Client, address: str) -> str:
    """Return the text of a page, its tags taken away and its spaces made one."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("&nbsp;", " ")).split())


@pytest.mark.req("PL-01", "PL-09")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_form_keeps_its_printed_labels(first_pal_client: Client, number: int) -> None:
    shown = read(first_pal_client, f"{STATE}{number}/").casefold()
    assert [label for label in PRINTED if label.casefold() not in shown] == []


def test_a_promise_is_at_most_thirty_words(first_pal_client: Client) -> None:
    page = first_pal_client.get(f"{STATE}2/").content.decode()
    promise = re.search(r'class="lede">Nos comprometemos a: ([^<]+)<', page)
    assert promise
    assert len(promise[1].split()) == 30
    assert promise[1].endswith("…")


def test_a_closed_exercise_has_no_evidence_and_no_lateness(first_pal_client: Client) -> None:
    shown = read(first_pal_client, f"{STATE}1/")
    assert "no consta evidencia de ninguna de sus 3 actividades de la tabla con fechas" in shown
    assert "Tienen evidencia 0 de 3" in shown
    assert "Atrasada" not in shown


def test_an_unfilled_form_says_there_is_nothing_to_count(first_pal_client: Client) -> None:
    shown = read(first_pal_client, f"{STATE}3/")
    assert "el documento deja sin llenar las 3 actividades" in shown
    assert "0 de 0" not in shown
    assert "El documento dice: «Por definir»" in shown


def test_only_activities_without_evidence_can_be_asked_for(first_pal_client: Client) -> None:
    everything, bare = read(first_pal_client, f"{OPEN}2/"), read(first_pal_client, f"{OPEN}2/?evidencia=sin")
    assert everything.count("Evidencia:") == 10
    assert bare.count("Evidencia:") == 0
    assert bare.count("Sin evidencia todavía") == 10
    assert (
        "/api/v1/actividades.csv?compromiso=TON1-02&amp;evidencia=sin"
        in first_pal_client.get(f"{OPEN}2/?evidencia=sin").content.decode()
    )


def test_both_lists_are_shown_apart(first_pal_client: Client) -> None:
    shown = read(first_pal_client, f"{STATE}1/")
    assert "3 de 3 actividades no tienen evidencia" in shown
    assert "Actividades de la línea 1: 3 de 3 no tienen evidencia" in shown


def test_judgements_are_told_with_their_reason(first_pal_client: Client) -> None:
    shown = read(first_pal_client, f"{OPEN}2/")
    assert "Sociedad civil, 2 oct 2023: Validada." in shown
    assert "Objetada." in shown


def test_today_is_marked_only_while_the_exercise_runs(first_pal_client: Client) -> None:
    assert "HOY" in read(first_pal_client, f"{OPEN}1/hoja-de-ruta/")
    assert "HOY" not in read(first_pal_client, f"{STATE}1/hoja-de-ruta/")


def test_the_route_says_what_is_undated_and_which_elements_it_lacks(first_pal_client: Client) -> None:
    shown = read(first_pal_client, f"{STATE}1/hoja-de-ruta/")
    assert "6 de 13 renglones tienen fecha" in shown
    assert "Línea 1, actividad 1." in shown
    assert "Las dos fechas constan en 3 de 10 actividades." in shown
    assert "6. Indicadores No consta" in shown


def test_a_commitment_that_is_not_there_is_not_found(first_pal_client: Client) -> None:
    assert first_pal_client.get(f"{STATE}9/").status_code == 404
    assert first_pal_client.get(f"{STATE}9/hoja-de-ruta/").status_code == 404


def test_a_commitment_leads_to_its_frame_its_news_and_its_picture(first_pal_client: Client) -> None:
    page = first_pal_client.get(f"{STATE}1/").content.decode()
    for address in ("/embed/compromisos/PAL1-01/", f"{STATE}1/atom.xml", "/og/PAL1-01.png"):
        assert address in page
        assert first_pal_client.get(address).status_code == 200, address


def test_lateness_is_told_only_while_the_exercise_runs(first_pal_client: Client) -> None:
    assert "Atrasada (" in read(first_pal_client, f"{OPEN}2/")
    assert "Atrasada (" not in read(first_pal_client, f"{STATE}2/")
