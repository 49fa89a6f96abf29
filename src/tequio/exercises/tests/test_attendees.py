"""Registering without an account: a place, a turn to wait, leaving, being reminded and being forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW, again

from tequio.accounts.enums import Sector, Sex
from tequio.accounts.workflows.erasing import retain
from tequio.exercises.enums import AccessNeed, AttendeeState
from tequio.exercises.models import Attendee, Event
from tequio.exercises.notices.events import tell_everyone
from tequio.exercises.queries.events import attendance, attendee_of, by_sex, needs_of, token_of
from tequio.exercises.tests.happenings import END, START, announced, draft, registered
from tequio.exercises.workflows import (
    cancel_event,
    cancel_registration,
    check_in,
    forget_attendees,
    hold_event,
    publish_event,
    remind_attendees,
)
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-09")]
OVER = END + timedelta(days=31)


@pytest.fixture
def event(exercise: Exercise, liaison: User) -> Event:
    """An announced forum for two people."""
    return announced(exercise, liaison, capacity=2)


@pytest.mark.req("SI-05")
def test_a_visitor_gets_a_place_by_mail(event: Event, visitor: AnonymousUser) -> None:
    attendee = registered(event, "Ana", visitor)
    assert (attendee.state, attendee.email) == (AttendeeState.CONFIRMED, "ana@example.mx")
    message = OutboxMessage.objects.get()
    assert message.subject == "Tienes lugar: Foro de apertura"
    assert f"/mi-registro/{token_of(attendee)}/" in message.body
    assert attendee.code in message.body
    assert {name for name, _, _ in message.attachments} == {"calendario.ics", "codigo-de-entrada.png"}
    assert attendee_of(event, token_of(attendee)) == attendee
    for wrong in ("", attendee.code, f"{attendee.code}.firma", token_of(attendee)[:-1]):
        assert attendee_of(event, wrong) is None
    assert not LedgerEntry.objects.filter(payload__icontains="ana@").exists()


def test_a_link_opens_nothing_in_another_event(
    event: Event, exercise: Exercise, liaison: User, visitor: AnonymousUser
) -> None:
    other = announced(exercise, liaison, name="Taller")
    token = token_of(registered(event, "ana", visitor))
    assert attendee_of(other, token) is None
    cancel_registration(other, token, at=NOW)
    assert event.attendees.get().state == AttendeeState.CONFIRMED


def test_registering_twice_is_one_registration_and_one_more_message_a_day(event: Event, visitor: AnonymousUser) -> None:
    first = registered(event, "ana", visitor)
    for email in ("ana@example.mx", " ANA@Example.MX "):
        assert registered(event, "", visitor, email=email) == first
    assert event.attendees.count() == 1
    keys = list(OutboxMessage.objects.order_by("queued_at", "key").values_list("subject", flat=True))
    assert len(keys) == 2
    registered(event, "ana", visitor, at=NOW + timedelta(days=1))
    assert OutboxMessage.objects.count() == 3


def test_when_full_one_waits_and_the_first_to_wait_gets_the_free_place(event: Event, visitor: AnonymousUser) -> None:
    people = [registered(event, name, visitor) for name in ("ana", "beto", "caro", "dora")]
    assert [person.state for person in people] == [*["confirmed"] * 2, *["waiting"] * 2]
    assert OutboxMessage.objects.get(recipient="caro@example.mx").subject.startswith("En lista de espera")
    cancel_registration(event, token_of(people[0]), at=NOW)
    states = dict(event.attendees.values_list("pk", "state"))
    assert [states[person.pk] for person in people] == ["cancelled", "confirmed", "confirmed", "waiting"]
    told = OutboxMessage.objects.filter(subject__startswith="Se liberó").values_list("recipient", flat=True)
    assert list(told) == ["caro@example.mx"]


def test_who_cancels_leaves_nothing_of_themselves(event: Event, visitor: AnonymousUser) -> None:
    attendee = registered(event, "ana", visitor, name="Ana Zq", sex=Sex.WOMAN, needs=(AccessNeed.CAPTIONS,))
    token = token_of(attendee)
    for _ in range(2):
        cancel_registration(event, token, at=NOW)
    row = Attendee.objects.get()
    assert (row.state, row.email, row.name, row.code, row.needs, row.sex) == ("cancelled", "", "", "", [], "unsaid")
    anew = registered(event, "ana", visitor)
    assert anew.pk != row.pk
    assert anew.state == AttendeeState.CONFIRMED
    with pytest.raises(IntegrityError, match="attendee_cancelled_is_forgotten"), transaction.atomic():
        Attendee.objects.filter(pk=row.pk).update(email="ana@example.mx")


def test_nobody_registers_for_what_takes_nobody(
    event: Event, exercise: Exercise, liaison: User, stranger: User, visitor: AnonymousUser
) -> None:
    prepared = draft(exercise, liaison)
    for person in (stranger, visitor, again(liaison)):
        with pytest.raises(Refused, match="no recibe registros"):
            registered(prepared, "ana", person)
        with pytest.raises(Refused, match="no recibe registros"):
            registered(event, "ana", person, at=END)
    cancel_event(event, "Lluvia", by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="no recibe registros"):
        registered(event, "ana", visitor)
    assert not Attendee.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": ""}, "Escribe tu correo"),
        ({"email": "ana"}, "correo completo"),
        ({"email": "a@b.mx\nBcc: c@d.mx"}, "correo completo"),
        ({"sector": "partido"}, "sector"),
        ({"sex": "x"}, "no ofrece"),
        ({"needs": ("dinero",)}, "no ofrece"),
    ],
)
def test_bad_answers_are_refused(event: Event, visitor: AnonymousUser, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        registered(event, "ana", visitor, **wrong)
    assert not Attendee.objects.exists()


def test_nobody_cancels_after_arriving_or_after_the_end(event: Event, liaison: User, visitor: AnonymousUser) -> None:
    ana, beto = (registered(event, name, visitor) for name in ("ana", "beto"))
    check_in(event, ana.code, by=again(liaison), at=START)
    for person, at in ((ana, START), (beto, END)):
        with pytest.raises(Refused, match="no se puede cancelar"):
            cancel_registration(event, token_of(person), at=at)


@pytest.mark.req("SI-05")
def test_the_reminder_comes_the_day_before_and_once(event: Event, visitor: AnonymousUser) -> None:
    for name in ("ana", "beto", "caro"):
        registered(event, name, visitor)
    assert remind_attendees(at=START - timedelta(days=2)) == 0
    assert remind_attendees(at=START - timedelta(days=1)) == 1
    remind_attendees(at=START - timedelta(days=1))
    waiting = DBTaskResult.objects.filter(task_path="tequio.exercises.notices.events.tell_everyone")
    assert waiting.count() == 1
    for _ in range(2):
        tell_everyone.func(event.pk, "reminder", NOW.isoformat())
    told = OutboxMessage.objects.filter(subject__startswith="Es mañana").values_list("recipient", flat=True)
    assert sorted(told) == ["ana@example.mx", "beto@example.mx"]


@pytest.mark.req("SI-04")
def test_thirty_days_later_only_counts_are_left(event: Event, liaison: User, visitor: AnonymousUser) -> None:
    ana = registered(event, "ana", visitor, name="Ana Zq", sex=Sex.WOMAN, needs=(AccessNeed.LANGUAGE,))
    registered(event, "beto", visitor, sector=Sector.CIVIL_SOCIETY)
    check_in(event, ana.code, by=again(liaison), at=START + timedelta(minutes=7))
    hold_event(event, by=again(liaison), at=END)
    before = attendance(event)
    assert needs_of(event) == [(AccessNeed.LANGUAGE.label, 1)]
    assert forget_attendees(at=END + timedelta(days=2)) == 0
    assert needs_of(event) == []
    assert Attendee.objects.filter(email="ana@example.mx").exists()
    assert forget_attendees(at=OVER) == 1
    assert forget_attendees(at=OVER) == 0
    rows = Attendee.objects.values_list("email", "name", "code", "needs")
    assert list(rows) == [("", "", "", [])] * 2
    assert {row.arrived_at for row in Attendee.objects.all()} == {START, None}
    assert attendance(event) == before
    keys = " ".join(OutboxMessage.objects.values_list("key", flat=True))
    assert ana.code not in keys


@pytest.mark.req("SI-04")
def test_the_registry_of_personal_data_forgets_them_too(event: Event, visitor: AnonymousUser) -> None:
    registered(event, "ana", visitor, name="Ana Zq", needs=(AccessNeed.LANGUAGE,))
    retain(at=END + timedelta(days=2))
    row = event.attendees.get()
    assert (row.email, row.needs) == ("ana@example.mx", [])
    assert retain(at=OVER).failed == 0
    row.refresh_from_db()
    assert (row.email, row.name, row.code) == ("", "", "")


@pytest.mark.req("SI-06")
def test_by_sex_no_group_is_shown_from_which_a_person_could_be_told(event: Event) -> None:
    sexes = [Sex.WOMAN] * 9 + [Sex.MAN] * 6 + [Sex.OTHER]
    for number, sex in enumerate(sexes):
        event.attendees.create(
            code=f"C{number}", state=AttendeeState.CONFIRMED, sector=Sector.CITIZENS, sex=sex, arrived_at=START
        )
    figures = attendance(event)
    shown = dict(figures.sexes)
    assert shown[Sex.OTHER.label] is None
    assert sum(count is None for count in shown.values()) >= 2
    assert figures.arrived == 16


@pytest.mark.req("SI-06")
@given(counts=st.lists(st.integers(0, 12), min_size=4, max_size=4))
@settings(max_examples=200, deadline=None)
def test_no_count_by_sex_follows_from_the_total(counts: list[int]) -> None:
    shown = by_sex(dict(zip("abcd", counts, strict=True)))
    hidden = [counts["abcd".index(name)] for name, count in shown if count is None]
    assert all(count is None or count == 0 or count >= 5 for _, count in shown)
    assert len(hidden) != 1
    assert not 0 < sum(hidden) < 5


@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=12), capacity=st.integers(1, 3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_comes_and_goes_places_are_full_and_in_order(
    exercise: Exercise, liaison: User, visitor: AnonymousUser, steps: list[tuple[bool, int]], capacity: int
) -> None:
    with transaction.atomic():
        event = announced(exercise, liaison, capacity=capacity)
        for comes, who in steps:
            known = event.attendees.filter(email=f"p{who}@example.mx").first()
            if comes:
                registered(event, f"p{who}", visitor)
            elif known:
                cancel_registration(event, token_of(known), at=NOW)
            standing = list(event.attendees.exclude(state="cancelled").order_by("pk").values_list("state", flat=True))
            first = min(capacity, len(standing))
            assert standing == ["confirmed"] * first + ["waiting"] * (len(standing) - first)
        transaction.set_rollback(True)


def test_an_announced_event_again_is_refused(exercise: Exercise, liaison: User) -> None:
    event = announced(exercise, liaison)
    with pytest.raises(Refused, match="el estado cambió"):
        publish_event(event, by=again(liaison), at=NOW)
