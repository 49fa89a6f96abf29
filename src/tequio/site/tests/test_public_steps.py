"""What everybody reads of each municipality's exercise: its step, and nothing that only the staff write."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, Land

from tequio.exercises.enums import ContactKind, ExerciseState, PhaseState
from tequio.exercises.models import Exercise, Phase
from tequio.exercises.workflows import Told, ask_for_help, assign_companion, log_contact, open_exercise
from tequio.kernel.clock import day_of
from tequio.kernel.editionstamp import drop_all

if TYPE_CHECKING:
    from django.test import Client

    from tequio.accounts.models import Jurisdiction, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-10")]
TODAY = day_of(NOW)


def under_way(place: Jurisdiction, by: User) -> Exercise:
    """Open an exercise whose second step of two is under way, and late."""
    year = NOW.year
    exercise = open_exercise(place, name="Ejercicio", first_year=year, last_year=year, by=by, at=NOW)
    Exercise.objects.filter(pk=exercise.pk).update(state=ExerciseState.OPEN)
    for order, (name, state) in enumerate((("Arranque", PhaseState.DONE), ("Integración", PhaseState.CURRENT)), 1):
        dates = {"ends_on": TODAY - timedelta(days=9), "ends_precision": "day"}
        Phase.objects.create(exercise=exercise, order=order, name=name, state=state, **dates)
    return exercise


def test_a_municipality_says_its_step(client: Client, guarantor_staff: User, land: Land) -> None:
    exercise = under_way(land.town, guarantor_staff)
    open_exercise(land.other_town, name="X", first_year=2030, last_year=2030, by=guarantor_staff, at=NOW)
    page = client.get("/municipios/").content.decode()
    assert "1 ejercicio: en curso, paso 2 de 2, Integración" in page
    assert page.count("aún no abre un ejercicio</td>") == 1  # a draft is nobody else's to read
    assert "atrasad" not in page
    Exercise.objects.filter(pk=exercise.pk).update(state=ExerciseState.CLOSED)
    drop_all(at=NOW)
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
