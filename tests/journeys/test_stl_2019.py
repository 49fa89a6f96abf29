"""The secretariat of 2019, made again by the product's own verbs, is the one that the documents tell."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from django.apps import apps
from django.db.models import DateTimeField, Max
from django.test import Client

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Post
from tequio.accounts.workflows import grant_role
from tequio.exercises.enums import CallKind, ExerciseState
from tequio.governance.enums import BodyKind, ElectionState, SessionKind
from tequio.governance.models import Minutes
from tequio.kernel.invariants import registered
from tequio.kernel.models import LedgerEntry, StatusChange
from tequio.kernel.packs import load_pack
from tests.cast import account, again
from tests.journeys.beginnings import moment
from tests.journeys.replay import Replay
from tests.journeys.told import EDOMEX, read, told_by

if TYPE_CHECKING:
    from pathlib import Path

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tests.journeys.reader import Reader
    from tests.journeys.told import Told

pytestmark = pytest.mark.req("EX-01", "EX-02", "EX-03", "EX-04", "EX-05", "EX-06", "EX-08", "EX-11", "EX-13")

BEFORE: Final = date(2016, 4, 4)
AFTER: Final = date(2022, 1, 1)
DAYS: Final = (date(2019, 10, 15), date(2020, 6, 8), date(2021, 3, 5))


def made_again(superuser: User, folder: Path) -> tuple[Told, Exercise]:
    """Read what the pack tells of the exercise, load the rest of it, and make the exercise by verbs."""
    at = moment(BEFORE)
    told = told_by(EDOMEX, at=at)
    shutil.copytree(EDOMEX, folder / "edomex", ignore=shutil.ignore_patterns("planes"))
    load_pack(folder / "edomex", by=None, at=at)
    operator = account("operadora")
    grant_role(operator, Post(RoleKind.OPERATOR), by=superuser, at=at)
    return told, Replay(told, again(operator), date(2016, 4, 5)).run()


@pytest.mark.django_db
def test_the_secretariat_of_2019_is_the_one_that_the_documents_tell(
    superuser: User, tmp_path: Path, plain_static_files: None
) -> None:
    told, exercise = made_again(superuser, tmp_path)
    made = read(exercise)
    assert exercise.state == ExerciseState.CLOSED
    assert made.sectors() == told.sectors()
    assert Counter(row["sector"] for row in made.members) == {"citizens": 3, "civil_society": 14, "public_bodies": 8}
    compare_calls(told, made)
    compare_seats(told, made)
    compare_sessions(told, made)
    assert [(row["order"], row["name"]) for row in made.phases] == [(row["order"], row["name"]) for row in told.phases]
    # What the documents leave as not known, the verbs could only leave as done: the exercise was concluded.
    assert {row["state"] for row in made.phases} == {"done"}
    check_history(exercise)
    check_instants()
    check_promises()
    check_pages(exercise)


def compare_calls(told: Told, made: Told) -> None:
    """The calls have the days of the documents; where these say a month or a year, a day within it."""
    for kind in (CallKind.PARTICIPATION, CallKind.FACILITATOR, CallKind.SUBSTITUTE):
        theirs, ours = told.call(kind), made.call(kind)
        days = {"day": 10, "month": 7, "year": 4}[theirs["starts_precision"]]
        assert str(ours["starts_on"])[:days] == str(theirs["starts_on"])[:days], kind
        assert theirs["ends_on"] in {None, ours["ends_on"]}, kind
    # Whoever came to a forum answers to the forum itself here, and not to a call: the documents tell one of 2019.
    assert {row["kind"] for row in told.calls} - {row["kind"] for row in made.calls} == {CallKind.EVENT}


def compare_seats(told: Told, made: Told) -> None:
    """On each day the same people hold the same seats, but for whom the documents give no first day."""
    undated = {row["published_name"].casefold() for row in told.seats if row["starts_on"] is None}
    assert len(undated) == 1
    for day in DAYS:
        theirs, ours = told.holders(day), made.holders(day)
        assert ours <= theirs, day
        assert {name for _, _, name in theirs - ours} <= undated, day
    (relief,) = undated
    assert relief in {name for _, _, name in made.holders(DAYS[-1])}
    # The facilitator is older than the installation: the guarantor's plenary elected before it.
    assert len(made.holders(date(2019, 9, 26))) == 1


def compare_sessions(told: Told, made: Told) -> None:
    """As many sessions of each kind, on the days that are known."""
    for kind in (SessionKind.INSTALLATION, SessionKind.SESSION, SessionKind.ORDINARY, SessionKind.MEETING):
        assert made.met(kind) == told.met(kind), kind
    dated = {(row["kind"], row["starts_on"]) for row in told.sessions if row["starts_precision"] == "day"}
    assert len(dated) == 2
    assert dated <= {(row["kind"], row["starts_on"]) for row in made.sessions}


def check_history(exercise: Exercise) -> None:
    """The Route's phases stay beside those of the Methodology, and every session but the last has its minutes."""
    replaced = exercise.phases.filter(origin__method__key="ruta-2019")
    assert set(replaced.values_list("replaced_on", flat=True)) == {date(2020, 6, 8)}
    assert [election.state for election in exercise.elections.all()] == [ElectionState.CLOSED] * 2
    open_minutes = Minutes.objects.filter(approved_at__isnull=True, session__body__kind=BodyKind.SECRETARIAT)
    assert open_minutes.count() == 1


def check_instants() -> None:
    """Nothing that a verb wrote is of the day on which the test runs."""
    for room in ("exercises", "governance"):
        for model in apps.get_app_config(room).get_models():
            for column in model._meta.fields:
                if isinstance(column, DateTimeField):
                    last = model._base_manager.aggregate(last=Max(column.name))["last"]
                    assert last is None or last < moment(AFTER), f"{model.__name__}.{column.name}"
    assert LedgerEntry.objects.filter(recorded_at__gte=moment(AFTER)).count() == 0
    assert StatusChange.objects.filter(changed_at__gte=moment(AFTER)).count() == 0
    counted = LedgerEntry.objects.filter(kind="governance.election_counted")
    assert {entry.recorded_at.date() for entry in counted} == {date(2019, 9, 26), date(2019, 10, 4)}


def check_promises() -> None:
    """What must always hold does."""
    assert {each.sentence: faults for each in registered if (faults := list(each.check()))} == {}


def check_pages(exercise: Exercise) -> None:
    """Whoever opens the public pages reads it."""
    client, at = Client(), f"/ejercicios/{exercise.slug}/"
    first = exercise.elections.order_by("number")[0]
    paths = ("", "miembros/", "eventos/", "elecciones/", "elecciones/1/", "sesiones/", "sesiones/1/", "acuerdos/")
    pages = {
        path: client.get(at + path) for path in (*paths, "acuerdos/secretariado-2020-1/", "reglas/", "declaracion/")
    }
    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    assert first.candidates.get(place=1).name in pages["elecciones/1/"].content.decode()
    for call in exercise.calls.all():
        assert call.title in client.get(call.get_absolute_url()).content.decode()


@pytest.mark.browser
def test_its_page_reads_well(reader: Reader, superuser: User, tmp_path: Path) -> None:
    _, exercise = made_again(superuser, tmp_path)
    reader.check_page(f"/ejercicios/{exercise.slug}/")
