"""Planning, announcing, moving, cancelling and reporting events, and those who can do none of it."""

from __future__ import annotations

from base64 import b64decode
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from icalendar import Calendar
from tests.cast import NOW, again

from tequio.exercises.enums import AttendeeState, EventKind, EventMode, EventState
from tequio.exercises.models import Attendee, Event
from tequio.exercises.notices.events import tell_everyone
from tequio.exercises.tests.happenings import END, START, announced, details, draft, registered
from tequio.exercises.workflows import (
    REPLACE_EXERCISE,
    cancel_event,
    change_event,
    discard_event,
    hold_event,
    plan_event,
    publish_event,
    publish_report,
)
from tequio.exercises.workflows.events import EVENTS
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.objections import hear_objections
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-09")]
ABROAD = ("superuser", "operator", "far_staff", "other_liaison", "representative", "stranger")
MUCH_LATER = START + timedelta(days=7)


def calendar_in(message: OutboxMessage) -> Any:
    """Return the one event of the calendar file that a message carries."""
    found = next(data for name, data, _ in message.attachments if name == "calendario.ics")
    return Calendar.from_ical(b64decode(found)).walk("VEVENT")[0]


def tell(event: Event, what: str) -> int:
    """Run the job that a verb queued."""
    return tell_everyone.func(event.pk, what, NOW.isoformat())


def test_an_event_is_a_draft_until_it_is_announced(exercise: Exercise, liaison: User, stranger: User) -> None:
    event = draft(exercise, liaison)
    assert (event.state, event.slug, event.order) == (EventState.DRAFT, "foro-de-apertura", 1)
    for viewer in (None, stranger, AnonymousUser(), again(liaison)):
        assert not Event.objects.visible_to(viewer).exists()
    assert not LedgerEntry.objects.filter(kind__contains="event").exists()
    publish_event(event, by=again(liaison), at=NOW)
    assert Event.objects.visible_to(None).get().state == EventState.PUBLISHED
    entry = LedgerEntry.objects.get(kind="exercises.event_announced")
    assert entry.subject == f"exercises.Event:{exercise.slug}/foro-de-apertura"
    assert "enlace" not in str(entry.payload)


def test_its_stated_day_follows_from_its_instants(exercise: Exercise, guarantor_staff: User) -> None:
    event = announced(exercise, guarantor_staff)
    assert event.starts_on is not None
    assert (event.starts_precision, event.ends_on) == ("day", None)
    assert event.time_text.endswith(" h")
    long = announced(exercise, guarantor_staff, ends_at=START + timedelta(days=2))
    assert long.slug == "foro-de-apertura-2"
    assert long.ends_on == event.starts_on + timedelta(days=2)


def test_a_word_of_the_address_is_no_key(exercise: Exercise, liaison: User) -> None:
    assert draft(exercise, liaison, name="Nuevo").slug == "nuevo-2"
    assert draft(exercise, liaison, name="¿¡…!?").slug == "forum"


@pytest.mark.parametrize("part", ABROAD)
def test_who_does_not_run_the_exercise_does_nothing(
    exercise: Exercise, liaison: User, cast: dict[str, User], part: str
) -> None:
    event, other = announced(exercise, liaison), cast[part]
    prepared = draft(exercise, liaison)
    acts = [
        lambda: plan_event(exercise, details(), by=other, at=NOW),
        lambda: change_event(event, details(), by=other, at=NOW),
        lambda: publish_event(prepared, by=other, at=NOW),
        lambda: discard_event(prepared, by=other, at=NOW),
        lambda: cancel_event(event, "Porque sí", by=other, at=NOW),
        lambda: hold_event(event, by=other, at=END),
        lambda: publish_report(event, account="Todo bien", by=other, at=END),
        lambda: plan_event(exercise, details(), by=AnonymousUser(), at=NOW),
    ]
    for act in acts:
        with pytest.raises(Refused, match="no puede organizar"):
            act()
    assert {event.state for event in Event.objects.all()} == {EventState.PUBLISHED, EventState.DRAFT}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"starts_at": NOW - timedelta(hours=1)}, "ya pasó"),
        ({"ends_at": START}, "termina después"),
        ({"ends_at": START + timedelta(days=40)}, "un mes"),
        ({"starts_at": NOW + timedelta(days=3000), "ends_at": NOW + timedelta(days=3001)}, "cinco años"),
        ({"capacity": 0}, "al menos de una"),
        ({"name": " \n "}, "nombre"),
        ({"kind": "concierto"}, "clase de evento"),
        ({"mode": ""}, "cómo se participa"),
        ({"remote_url": "javascript:alert(1)"}, "https://"),
    ],
)
def test_bad_details_are_refused(exercise: Exercise, liaison: User, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        draft(exercise, liaison, **wrong)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("missing", "said"),
    [({"place": ""}, "Falta el lugar"), ({"mode": EventMode.REMOTE, "place": ""}, "Falta la liga")],
)
def test_nobody_announces_what_nobody_can_reach(
    exercise: Exercise, liaison: User, missing: dict[str, Any], said: str
) -> None:
    event = draft(exercise, liaison, **missing)
    with pytest.raises(Refused, match=said):
        publish_event(event, by=again(liaison), at=NOW)
    with pytest.raises(IntegrityError, match="event_announced_with_its_place"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(state=EventState.PUBLISHED)
    with pytest.raises(Refused, match="La fecha ya pasó"):
        publish_event(event, by=again(liaison), at=START)


@pytest.mark.req("EX-11", "SI-05")
def test_a_change_of_mode_keeps_the_registrations_and_tells_everybody(
    exercise: Exercise, liaison: User, visitor: AnonymousUser
) -> None:
    event = announced(exercise, liaison, capacity=1)
    for name in ("ana", "beto"):
        registered(event, name, visitor)
    before = list(event.attendees.values_list("pk", "code", "state"))
    link = "https://sala.example.mx/abc"
    moved = change_event(event, details(capacity=1, mode=EventMode.MIXED, remote_url=link), by=again(liaison), at=NOW)
    assert moved.revision == 1
    assert list(event.attendees.values_list("pk", "code", "state")) == before
    assert tell(event, "changed") == 2
    assert tell(event, "changed") == 0
    told = {row.recipient: row for row in OutboxMessage.objects.filter(key=f"event:{event.pk}:changed:1")}
    assert link in told["ana@example.mx"].body
    assert link not in told["beto@example.mx"].body
    assert calendar_in(told["ana@example.mx"])["sequence"] == 1
    assert LedgerEntry.objects.get(kind="exercises.event_changed").payload["mode"] == "mixed"


@pytest.mark.req("SI-05")
def test_only_when_or_where_is_told(exercise: Exercise, liaison: User, visitor: AnonymousUser) -> None:
    event = announced(exercise, liaison)
    registered(event, "ana", visitor)
    same = change_event(event, details(programme="18:00 Bienvenida"), by=again(liaison), at=NOW)
    assert (same.revision, same.programme) == (0, "18:00 Bienvenida")
    assert OutboxMessage.objects.count() == 1


def test_capacity_never_falls_below_who_has_a_place(exercise: Exercise, liaison: User, visitor: AnonymousUser) -> None:
    event = announced(exercise, liaison, capacity=2)
    for name in ("ana", "beto", "caro"):
        registered(event, name, visitor)
    with pytest.raises(Refused, match="no puede ser menor que 2"):
        change_event(event, details(capacity=1), by=again(liaison), at=NOW)
    change_event(event, details(capacity=3), by=again(liaison), at=NOW)
    assert event.attendees.get(email="caro@example.mx").state == AttendeeState.CONFIRMED
    assert OutboxMessage.objects.filter(recipient="caro@example.mx", subject__startswith="Se liberó").exists()


def test_what_began_is_not_changed_and_what_was_announced_is_not_discarded(exercise: Exercise, liaison: User) -> None:
    event = announced(exercise, liaison)
    with pytest.raises(Refused, match="ya empezó"):
        change_event(event, details(starts_at=MUCH_LATER, ends_at=MUCH_LATER + timedelta(1)), by=liaison, at=START)
    with pytest.raises(Refused, match="ya se anunció"):
        discard_event(event, by=again(liaison), at=NOW)
    prepared = draft(exercise, liaison)
    discard_event(prepared, by=again(liaison), at=NOW)
    assert Event.objects.get() == event


@pytest.mark.req("SI-05")
def test_a_cancellation_gives_its_reason_to_everybody(
    exercise: Exercise, liaison: User, visitor: AnonymousUser
) -> None:
    event = announced(exercise, liaison, capacity=1)
    for name in ("ana", "beto"):
        registered(event, name, visitor)
    with pytest.raises(Refused, match="motivo"):
        cancel_event(event, "  ", by=again(liaison), at=NOW)
    cancel_event(event, "Se inundó\nla sala.", by=again(liaison), at=NOW)
    assert tell(event, "cancelled") == 2
    message = OutboxMessage.objects.get(recipient="beto@example.mx", subject__startswith="Se canceló")
    assert "Motivo: Se inundó la sala." in message.body
    assert calendar_in(message)["status"] == "CANCELLED"
    with pytest.raises(Refused, match="ya se realizó o se canceló"):
        change_event(event, details(), by=again(liaison), at=NOW)
    with pytest.raises(IntegrityError, match="event_cancelled_with_its_reason"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(reason="")


@pytest.mark.req("SI-05")
def test_a_report_is_told_once_to_who_came(exercise: Exercise, liaison: User, visitor: AnonymousUser) -> None:
    event = announced(exercise, liaison)
    came, stayed = (registered(event, name, visitor) for name in ("ana", "beto"))
    with pytest.raises(Refused, match="todavía no empieza"):
        publish_report(event, account="Fue bien", by=again(liaison), at=NOW)
    Attendee.objects.filter(pk=came.pk).update(arrived_at=START)
    with pytest.raises(Refused, match="Escribe qué pasó"):
        publish_report(event, account=" ", by=again(liaison), at=END)
    publish_report(event, account="Se acordó el calendario.", by=again(liaison), at=END)
    fixed = publish_report(event, account="Se acordó el calendario 2027.", by=again(liaison), at=MUCH_LATER)
    assert (fixed.state, fixed.reported_at) == (EventState.HELD, END)
    assert tell(event, "report") == 1
    assert not OutboxMessage.objects.filter(recipient=stayed.email, subject__contains="relatoría").exists()
    facts = LedgerEntry.objects.filter(kind="exercises.event_report_published").first()
    assert facts is not None
    assert facts.payload == {"arrived": 1, "registered": 2}


def test_a_move_is_made_only_from_its_state(exercise: Exercise, liaison: User) -> None:
    for state in EventState:
        for move in EVENTS.moves.values():
            event = draft(exercise, liaison)
            reason = "Motivo" if state == EventState.CANCELLED or move.name == "cancel" else ""
            told = {"starts_at": None, "ends_at": None} if state == EventState.TOLD else {}
            Event.objects.filter(pk=event.pk).update(state=state, reason=reason, **told)
            if state in move.sources:
                assert EVENTS.run(event, move.name, by=again(liaison), at=START).after == move.target
            else:
                with pytest.raises(Refused, match="el estado cambió"):
                    EVENTS.run(event, move.name, by=again(liaison), at=START)


def test_a_pack_does_not_erase_what_was_planned_here(exercise: Exercise, liaison: User) -> None:
    draft(exercise, liaison, kind=EventKind.TRAINING)
    with pytest.raises(Refused, match="eventos organizados aquí"):
        hear_objections(REPLACE_EXERCISE, slug=exercise.slug)


def test_the_database_refuses_an_event_half_told(exercise: Exercise, liaison: User) -> None:
    event = announced(exercise, liaison)
    for wrong in ({"state": EventState.TOLD}, {"starts_at": None}, {"ends_at": START}, {"mode": ""}):
        with pytest.raises(IntegrityError, match=r"event_told|event_announced"), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(**wrong)
