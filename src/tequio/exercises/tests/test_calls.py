"""A call from its draft to its end: who may, when, and what everybody reads."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOW, again

from tequio.exercises.enums import CALLS_ONLINE, CallKind, CallState, ExerciseState
from tequio.exercises.models import Call, CallExtension, Exercise
from tequio.exercises.queries.calls import next_change, open_calls
from tequio.exercises.tests.answering import CLOSES, OPENS, drafted, published
from tequio.exercises.workflows import (
    CallTerms,
    close_call,
    discard_call,
    draft_call,
    extend_call,
    load_exercises,
    proposed_terms,
    publish_call,
    redraft_call,
)
from tequio.exercises.workflows.call_texts import working_day
from tequio.kernel.models import LedgerEntry
from tequio.kernel.refusal import Refused
from tequio.kernel.windows import WindowState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from tests.cast import Land

    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-03")]


@pytest.mark.parametrize("kind", CALLS_ONLINE)
def test_each_kind_has_a_whole_text_filled_with_its_place(exercise: Exercise, kind: str) -> None:
    terms = proposed_terms(exercise, kind, at=NOW)
    texts = terms.title + terms.bases + terms.requirements
    assert exercise.jurisdiction.name in terms.title
    assert "Garante 91" in terms.bases
    assert {"{abre}", "{cierra}"} == {word for word in ("{abre}", "{cierra}", "{lugar}") if word in terms.bases}
    assert texts.count("{") == 2
    assert len(terms.requirements.splitlines()) >= 4
    assert terms.opens_at.astimezone(timezone.get_current_timezone()).weekday() < 5
    assert terms.closes_at.astimezone(timezone.get_current_timezone()).weekday() < 5


@pytest.mark.parametrize("kind", CALLS_ONLINE)
def test_the_texts_are_read_in_one_breath(exercise: Exercise, kind: str) -> None:
    terms = proposed_terms(exercise, kind, at=NOW)
    sentences = [s for text in (terms.bases, terms.requirements) for s in text.replace("\n", ". ").split(". ")]
    assert max(len(sentence.split()) for sentence in sentences) <= 25


@pytest.mark.req("EX-04")
def test_who_elects_the_facilitator_depends_on_the_order(exercise: Exercise, state_exercise: Exercise) -> None:
    town, state = (proposed_terms(e, CallKind.FACILITATOR, at=NOW).bases for e in (exercise, state_exercise))
    assert "por acuerdo" in town
    assert "STM" in town
    assert "Pleno del órgano garante" in state
    assert "STL" in state


@given(day=st.dates())
def test_a_proposed_day_is_the_first_working_day_from_one(day: date) -> None:
    proposed = working_day(day)
    assert proposed.weekday() < 5
    assert 0 <= (proposed - day).days <= 2
    assert (proposed == day) is (day.weekday() < 5)


@given(
    before=st.timedeltas(timedelta(), timedelta(days=90)), lasts=st.timedeltas(timedelta(days=1), timedelta(days=180))
)
def test_a_call_is_open_from_its_opening_until_before_its_close(before: timedelta, lasts: timedelta) -> None:
    call = Call(key="a", state=CallState.PUBLISHED, opens_at=NOW, closes_at=NOW + lasts)
    at = NOW + before
    assert (call.standing_at(at) is WindowState.OPEN) is (before < lasts)
    assert call.standing_at(NOW - before - timedelta(seconds=1)) is WindowState.UPCOMING
    call.state = CallState.CLOSED
    assert call.standing_at(at) is WindowState.CLOSED


def test_a_draft_is_seen_by_those_who_run_the_exercise(
    exercise: Exercise, liaison: User, cast: dict[str, User], visitor: AnonymousUser
) -> None:
    draft = drafted(exercise, liaison)
    seen = {part for part, person in cast.items() if draft in Call.objects.visible_to(again(person))}
    assert seen == {"guarantor_staff", "liaison"}
    assert not Call.objects.visible_to(visitor).exists()
    assert not Call.objects.visible_to(None).exists()
    publish_call(draft, by=again(liaison), at=NOW)
    assert draft in Call.objects.visible_to(visitor)


def test_others_prepare_and_publish_nothing(
    exercise: Exercise, liaison: User, cast: dict[str, User], visitor: AnonymousUser
) -> None:
    terms, draft = proposed_terms(exercise, CallKind.PARTICIPATION, at=NOW), drafted(exercise, liaison)
    for part in ("superuser", "operator", "far_staff", "other_liaison", "representative", "stranger"):
        person = again(cast[part])
        with pytest.raises(Refused, match="no puede preparar"):
            draft_call(exercise, CallKind.PARTICIPATION, terms, by=person, at=NOW)
        with pytest.raises(Refused, match="no puede preparar"):
            redraft_call(draft, terms, by=person, at=NOW)
        with pytest.raises(Refused, match="no tiene permiso"):
            publish_call(draft, by=person, at=NOW)
        with pytest.raises(Refused, match="no puede preparar"):
            discard_call(draft, by=person, at=NOW)
    with pytest.raises(Refused, match="no puede preparar"):
        draft_call(exercise, CallKind.PARTICIPATION, terms, by=visitor, at=NOW)
    with pytest.raises(Refused, match="no tiene permiso"):
        publish_call(draft, by=visitor, at=NOW)
    assert Call.objects.get() == draft
    assert draft.state == CallState.DRAFT


def test_publishing_is_recorded_without_people_and_says_where(exercise: Exercise, liaison: User) -> None:
    call = published(exercise, liaison)
    assert call.url.endswith(f"/participa/{exercise.slug}/participar/")
    entry = LedgerEntry.objects.get(kind="exercises.call_published")
    assert entry.subject == f"exercises.Call:{exercise.slug}/participar"
    assert set(entry.payload) == {"kind", "terms_sha256", "opens_at", "closes_at"}
    assert entry.recorded_by == ""
    assert (call.starts_on, call.ends_on) == (timezone.localdate(OPENS), timezone.localdate(CLOSES))


def test_a_call_whose_opening_passed_opens_when_it_is_published(exercise: Exercise, liaison: User) -> None:
    call = publish_call(drafted(exercise, liaison), by=again(liaison), at=NOW)
    assert call.opens_at == NOW
    late = drafted(exercise, liaison, closes_at=NOW + timedelta(hours=23))
    with pytest.raises(Refused, match="al menos un día"):
        publish_call(late, by=again(liaison), at=NOW)


@pytest.mark.parametrize("state", [ExerciseState.DRAFT, ExerciseState.CLOSED])
def test_a_call_waits_for_its_exercise(exercise: Exercise, liaison: User, state: str) -> None:
    draft = drafted(exercise, liaison)
    Exercise.objects.update(state=state)
    with pytest.raises(Refused, match="debe estar en curso"):
        publish_call(draft, by=again(liaison), at=NOW)


def test_an_empty_text_is_not_published(exercise: Exercise, liaison: User) -> None:
    draft = drafted(exercise, liaison, bases=" ")
    with pytest.raises(Refused, match="Faltan las bases"):
        publish_call(draft, by=again(liaison), at=NOW)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title": "  "}, "título"),
        ({"sectors": ()}, "quiénes"),
        ({"sectors": ("guarantor",)}, "quiénes"),
        ({"closes_at": OPENS + timedelta(hours=2)}, "al menos un día"),
        ({"closes_at": OPENS + timedelta(days=181)}, "180 días"),
        ({"opens_at": OPENS - timedelta(days=9), "closes_at": OPENS}, "ya pasó"),
    ],
)
def test_terms_that_do_not_hold_are_refused(
    exercise: Exercise, liaison: User, wrong: dict[str, object], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        drafted(exercise, liaison, **wrong)


def test_what_was_published_changes_no_more(exercise: Exercise, liaison: User) -> None:
    call = published(exercise, liaison)
    with pytest.raises(Refused, match="sus bases no cambian"):
        redraft_call(call, proposed_terms(exercise, call.kind, at=NOW), by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="no se borra"):
        discard_call(call, by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="estado cambió"):
        publish_call(call, by=again(liaison), at=NOW)


def test_drafts_are_changed_and_thrown_away(exercise: Exercise, liaison: User) -> None:
    draft = drafted(exercise, liaison)
    other = CallTerms("Otro  título", "Bases", "Uno\nDos", ("citizens",), OPENS, CLOSES)
    assert redraft_call(draft, other, by=again(liaison), at=NOW).title == "Otro título"
    assert drafted(exercise, liaison).key == "participar-2"
    discard_call(draft, by=again(liaison), at=NOW)
    assert [call.key for call in Call.objects.all()] == ["participar-2"]
    assert drafted(exercise, liaison).key == "participar"
    assert not LedgerEntry.objects.filter(kind__startswith="exercises.call").exists()


def test_more_time_needs_a_reason_and_an_open_call(exercise: Exercise, liaison: User, stranger: User) -> None:
    call = published(exercise, liaison)
    later = CLOSES + timedelta(days=5)
    for reason, closes_at, why in (
        (" ", later, "motivo"),
        ("Llovió.", CLOSES, "posterior"),
        ("Llovió.", CLOSES + timedelta(days=181), "180 días"),
    ):
        with pytest.raises(Refused, match=why):
            extend_call(call, closes_at, reason=reason, by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="no puede"):
        extend_call(call, later, reason="Llovió.", by=again(stranger), at=NOW)
    with pytest.raises(Refused, match="ya cerró"):
        extend_call(call, later, reason="Llovió.", by=again(liaison), at=CLOSES)
    extend_call(call, later, reason="Llovió.", by=again(liaison), at=CLOSES - timedelta(seconds=1))
    call.refresh_from_db()
    assert call.closes_at == later
    assert call.dated("{cierra}") in call.bases_in_words
    told = CallExtension.objects.get()
    assert (told.closed_at, told.closes_at, told.reason) == (CLOSES, later, "Llovió.")
    assert LedgerEntry.objects.filter(kind="exercises.call_extended").count() == 1


def test_ending_an_open_call_closes_it_at_that_instant(exercise: Exercise, liaison: User, stranger: User) -> None:
    call = published(exercise, liaison)
    with pytest.raises(Refused, match="qué resultó"):
        close_call(call, outcome="", by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="no puede"):
        close_call(call, outcome="Fin.", by=again(stranger), at=NOW)
    closed = close_call(call, outcome="Se inscribieron todas.", by=again(liaison), at=NOW)
    assert (closed.closes_at, closed.state) == (NOW, CallState.CLOSED)
    assert closed.standing_at(NOW - timedelta(hours=1)) is WindowState.CLOSED
    with pytest.raises(Refused, match="ya cerró"):
        extend_call(call, CLOSES + timedelta(days=1), reason="Más.", by=again(liaison), at=NOW)


def test_a_call_that_has_not_opened_cannot_end(exercise: Exercise, liaison: User) -> None:
    call = published(exercise, liaison, opens_at=NOW + timedelta(days=3))
    with pytest.raises(Refused, match="todavía no abre"):
        close_call(call, outcome="Fin.", by=again(liaison), at=NOW)


def test_ending_after_the_close_keeps_the_instant(exercise: Exercise, liaison: User) -> None:
    call = published(exercise, liaison)
    assert close_call(call, outcome="24.", by=again(liaison), at=CLOSES + timedelta(days=1)).closes_at == CLOSES


def test_the_list_is_half_open_and_knows_when_it_changes(exercise: Exercise, liaison: User) -> None:
    call = published(exercise, liaison, opens_at=NOW + timedelta(days=1))
    for at, is_open, change in (
        (call.opens_at - timedelta(seconds=1), False, call.opens_at),
        (call.opens_at, True, CLOSES),
        (CLOSES - timedelta(seconds=1), True, CLOSES),
        (CLOSES, False, None),
    ):
        assert bool(open_calls(None, at=at).open) is is_open
        assert next_change(at) == change
    assert open_calls(None, at=NOW).upcoming == [call]


def test_the_database_keeps_a_window_where_there_is_a_key(exercise: Exercise) -> None:
    for wrong in ({"key": "a"}, {"opens_at": NOW}, {"key": "a", "opens_at": CLOSES, "closes_at": NOW}, {"state": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.create(exercise=exercise, order=9, kind=CallKind.PARTICIPATION, title="T", **wrong)


def test_the_last_day_of_a_call_that_closes_at_midnight_is_the_day_before(exercise: Exercise, liaison: User) -> None:
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(CLOSES), time.min))
    assert published(exercise, liaison, closes_at=midnight).ends_on == timezone.localdate(CLOSES) - timedelta(days=1)


def test_a_pack_does_not_replace_an_exercise_that_calls_here(land: Land, liaison: User) -> None:
    years = {"first_year": 2031, "last_year": 2031}
    exercise = Exercise.objects.create(
        slug="de-un-paquete", name="De un paquete", jurisdiction=land.town, state=ExerciseState.OPEN, **years
    )
    drafted(exercise, liaison)
    with pytest.raises(Refused, match="un paquete no lo reemplaza"):
        load_exercises([{"ejercicio": {"clave": exercise.slug}}], by=None, at=NOW)
    assert Call.objects.exists()
