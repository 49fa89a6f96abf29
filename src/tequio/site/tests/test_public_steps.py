"""What everybody reads of each municipality's exercise: its step, and nothing that only the staff write."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, Land, again, begun

from tequio.exercises.enums import ContactKind, MethodKind
from tequio.exercises.models import Exercise, Method, MethodPhase
from tequio.exercises.queries import DECLARATION
from tequio.exercises.workflows import (
    EXERCISE,
    Told,
    ask_for_help,
    assign_companion,
    finish_phase,
    log_contact,
    open_exercise,
    plan_phase,
)
from tequio.kernel.clock import day_of
from tequio.kernel.editionstamp import drop_all

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from tequio.accounts.models import Jurisdiction, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-10")]
TODAY = day_of(NOW)


def under_way(place: Jurisdiction, by: User) -> Exercise:
    """Start an exercise whose second step of two is under way, and late."""
    facts = {"kind": MethodKind.GUIDE, "state": place.parent or place, "applies_to": place.kind}
    method, is_new = Method.objects.get_or_create(key=f"guia-{place.kind}", name="Guía", **facts)
    for order, name in enumerate(("Arranque", "Integración"), 1):
        if is_new:
            MethodPhase.objects.create(method=method, order=order, name=name, requisites=[DECLARATION] * (2 - order))
    exercise = begun(place, f"Ejercicio de {place}", by)
    finish_phase(exercise.phases.standing().get(order=1), by=again(by), at=NOW)
    due = TODAY - timedelta(days=9)
    plan_phase(exercise.phases.standing().get(order=2), starts_on=due, ends_on=due, by=again(by), at=NOW)
    return exercise


def test_a_municipality_says_its_step_at_once(
    client: Client,
    guarantor_staff: User,
    land: Land,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    exercise = under_way(land.town, guarantor_staff)
    open_exercise(land.other_town, name="X", first_year=2030, last_year=2030, by=guarantor_staff, at=NOW)
    page = client.get("/municipios/").content.decode()
    assert "1 ejercicio: en curso, paso 2 de 2, Integración" in page
    assert page.count("aún no abre un ejercicio</td>") == 1  # a draft is nobody else's to read
    assert "atrasad" not in page
    with django_capture_on_commit_callbacks(execute=True):
        finish_phase(exercise.phases.standing().get(order=2), by=again(guarantor_staff), at=NOW)
    assert "1 ejercicio: en curso<" in client.get("/municipios/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        EXERCISE.run(exercise, "close", by=again(guarantor_staff), at=NOW)
    assert "1 ejercicio: concluido" in client.get("/municipios/").content.decode()


def test_nothing_of_the_log_is_public(client: Client, guarantor_staff: User, liaison: User, land: Land) -> None:
    under_way(land.town, guarantor_staff)
    words = {"with_whom": "cargo-zq", "agreed": "acuerdo-zq", "next_step": "paso-zq", "next_step_on": TODAY}
    log_contact(land.town, Told(kind=ContactKind.CALL, held_on=TODAY, **words), by=guarantor_staff, at=NOW)
    assign_companion(land.town, guarantor_staff, by=guarantor_staff, at=NOW)
    ask_for_help(land.town, about="ayuda-zq", by=liaison, at=NOW)
    for path in ("/municipios/", f"/municipios/{land.town.slug}/", "/registro.jsonl", "/buscar/?q=acuerdo", "/agenda/"):
        answer = client.get(path)
        text = b"".join(answer)
        assert b"-zq" not in text
        assert guarantor_staff.email.encode() not in text


def test_three_exercises_are_asked_as_one_is(client: Client, guarantor_staff: User, land: Land) -> None:
    counts = []
    for place in (land.town, land.other_town, land.state):
        under_way(place, guarantor_staff)
        drop_all(at=NOW)
        with CaptureQueriesContext(connection) as asked:
            client.get("/municipios/")
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 8
