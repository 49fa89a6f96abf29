"""Planning an event, announcing it, moving it, calling it off, and telling what came of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from tequio.accounts.models import User
from tequio.exercises.enums import RUN_EXERCISE, EventKind, EventMode, EventState
from tequio.exercises.models import Event, Exercise
from tequio.exercises.models.events import AT_A_DISTANCE, AT_A_PLACE
from tequio.exercises.notices.events import tell_everyone
from tequio.exercises.workflows.loading import REPLACE_EXERCISE
from tequio.exercises.workflows.places import fill_places
from tequio.kernel.clock import day_of
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.jobs import enqueue
from tequio.kernel.ledger import record
from tequio.kernel.models import DatePrecision
from tequio.kernel.objections import object_to
from tequio.kernel.refusal import Refused
from tequio.kernel.workflow import Move, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

LONGEST: Final = timedelta(days=31)
"""An event that lasts more is a mistyped date."""
FARTHEST: Final = timedelta(days=5 * 366)
TAKEN: Final = ("nuevo",)
"""Words that stand in the address where a key would."""
MOVED: Final = ("starts_at", "ends_at", "mode", "place", "remote_url")
"""What, when it changes, whoever registered must know."""


@dataclass(frozen=True, kw_only=True)
class EventDetails:
    """What somebody says of an event that they plan."""

    kind: str
    name: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    place: str = ""
    arrival: str = ""
    accessibility: str = ""
    remote_url: str = ""
    capacity: int | None = None
    invitation: str = ""
    programme: str = ""


def says_where(event: Event) -> str | None:
    """Block the announcement of an event that nobody could reach."""
    if event.mode in AT_A_PLACE and not event.place:
        return "Falta el lugar. Escríbelo para poder anunciar el evento."
    if event.mode in AT_A_DISTANCE and not event.remote_url:
        return "Falta la liga para conectarse. Escríbela para poder anunciar el evento."
    return None


def gives_reason(event: Event) -> str | None:
    """Block a cancellation without its reason."""
    return None if event.reason else "Escribe el motivo: lo leerán quienes se registraron."


EVENTS: Final = Workflow(
    Event,
    (
        Move("publish", "Anunciar", (EventState.DRAFT,), EventState.PUBLISHED, RUN_EXERCISE, (says_where,)),
        Move("hold", "Dar por realizado", (EventState.PUBLISHED,), EventState.HELD, RUN_EXERCISE),
        Move("cancel", "Cancelar", (EventState.PUBLISHED,), EventState.CANCELLED, RUN_EXERCISE, (gives_reason,)),
    ),
    field="state",
)


def keep_what_was_planned() -> None:
    """Object to the replacement of exercises; called once the rooms are loaded."""
    object_to(REPLACE_EXERCISE, planned_here)


def planned_here(*, slug: str) -> Iterator[str]:
    """Object to replacing an exercise in which people planned events, for they would be erased."""
    planned = Event.objects.live().filter(exercise__slug=slug).select_for_update(no_key=True, of=("self",))
    if count := len(planned.values_list("pk", flat=True)):
        yield f"En el ejercicio {slug} hay eventos organizados aquí ({count}): se borrarían con sus registros."


def permitted(event: Event | Exercise, by: User | AnonymousUser) -> User:
    """Return who runs the exercise, or refuse."""
    if not isinstance(by, User) or not by.has_perm(RUN_EXERCISE, event):
        raise Refused("Tu cuenta no puede organizar eventos en este ejercicio.")
    return by


def held_row(event: Event) -> Event:
    """Return an event as it is now, locked: whoever gives or takes a place waits for its turn."""
    return Event.objects.select_for_update(no_key=True, of=("self",)).select_related("exercise").get(pk=event.pk)


@transaction.atomic
def plan_event(exercise: Exercise, details: EventDetails, *, by: User | AnonymousUser, at: datetime) -> Event:
    """Write an event in preparation, which only those who run the exercise see."""
    permitted(exercise, by)
    exercise = Exercise.objects.select_for_update(no_key=True).get(pk=exercise.pk)
    columns = _columns(details, at=at)
    key = slugify(details.name)[:70].strip("-") or details.kind.replace("_", "-")
    used = {*exercise.events.values_list("slug", flat=True), *TAKEN}
    slug = next(name for n in range(len(used) + 1) if (name := f"{key}-{n + 1}" if n else key) not in used)
    last = exercise.events.aggregate(last=Max("order"))["last"] or 0
    return Event.objects.create(exercise=exercise, slug=slug, order=last + 1, state=EventState.DRAFT, **columns)


@transaction.atomic
def change_event(event: Event, details: EventDetails, *, by: User | AnonymousUser, at: datetime) -> Event:
    """Change an event; whoever registered for an announced one is told when it is, or where, is another."""
    row = held_row(event)
    permitted(row, by)
    if row.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        raise Refused("Este evento ya se realizó o se canceló: no se puede cambiar.")
    if row.state == EventState.PUBLISHED and row.starts_at and row.starts_at <= at:
        raise Refused("El evento ya empezó: no se puede cambiar. Cuenta qué pasó en su relatoría.")
    columns = _columns(details, at=at)
    confirmed = row.attendees.confirmed().count()
    if details.capacity is not None and details.capacity < confirmed:
        raise Refused(f"El cupo no puede ser menor que {confirmed}: son quienes ya tienen lugar.")
    moved = row.state == EventState.PUBLISHED and any(getattr(row, name) != columns[name] for name in MOVED)
    for name, value in columns.items():
        setattr(row, name, value)
    row.revision += moved
    if row.state == EventState.PUBLISHED and (blocked := says_where(row)):
        raise Refused(blocked)
    row.save(update_fields=[*columns, "revision"])
    fill_places(row, at=at)
    if row.state == EventState.PUBLISHED:
        announce(CHANGED, subject=EVENTS.subject(row))
    if moved:
        record("exercises.event_changed", EVENTS.subject(row), _public(row), by=None, at=at)
        _tell(row, "changed", at=at)
    return row


@transaction.atomic
def publish_event(event: Event, *, by: User | AnonymousUser, at: datetime) -> Event:
    """Announce an event: from now on it is public and takes registrations."""
    row = held_row(event)
    permitted(row, by)
    if row.starts_at and row.starts_at <= at:
        raise Refused("La fecha ya pasó. Cámbiala para poder anunciar el evento.")
    EVENTS.run(row, "publish", by=by, at=at)
    record("exercises.event_announced", EVENTS.subject(row), _public(row), by=None, at=at)
    announce(CHANGED, subject=EVENTS.subject(row))
    return row


@transaction.atomic
def discard_event(event: Event, *, by: User | AnonymousUser, at: datetime) -> None:
    """Throw away an event that was never announced; nobody registered and nothing public is lost."""
    row = held_row(event)
    permitted(row, by)
    if row.state != EventState.DRAFT:
        raise Refused(f"El evento ya se anunció el {timezone.localtime(at):%d/%m/%Y} o antes: cancélalo con su motivo.")
    row.delete()


@transaction.atomic
def cancel_event(event: Event, reason: str, *, by: User | AnonymousUser, at: datetime) -> Event:
    """Call off an announced event, for a reason that everybody who registered reads."""
    row = held_row(event)
    permitted(row, by)
    if row.attendees.arrived().exists():
        raise Refused("Ya llegaron personas: el evento se realizó. Dalo por realizado y cuenta qué pasó.")
    row.reason, row.revision = " ".join(reason.split())[:300], row.revision + 1
    row.save(update_fields=["reason", "revision"])
    EVENTS.run(row, "cancel", by=by, at=at)
    announce(CHANGED, subject=EVENTS.subject(row))
    _tell(row, "cancelled", at=at)
    return row


@transaction.atomic
def hold_event(event: Event, *, by: User | AnonymousUser, at: datetime) -> Event:
    """Say that an event took place."""
    row = held_row(event)
    permitted(row, by)
    if row.starts_at and at < row.starts_at:
        raise Refused("El evento todavía no empieza.")
    EVENTS.run(row, "hold", by=by, at=at)
    announce(CHANGED, subject=EVENTS.subject(row))
    return row


@transaction.atomic
def publish_report(
    event: Event, *, account: str, recording_url: str = "", by: User | AnonymousUser, at: datetime
) -> Event:
    """Publish what happened in an event and what came of it; who came is told once, corrections are silent."""
    row = held_row(event)
    permitted(row, by)
    if row.state == EventState.PUBLISHED:
        hold_event(row, by=by, at=at)
        row.state = EventState.HELD
    if row.state != EventState.HELD:
        raise Refused("Solo un evento que se realizó tiene relatoría.")
    account = account.strip()
    if not account:
        raise Refused("Escribe qué pasó y qué resultados hubo.")
    is_first = row.reported_at is None
    row.account, row.recording_url, row.reported_at = account, checked_url(recording_url), row.reported_at or at
    row.save(update_fields=["account", "recording_url", "reported_at"])
    facts = {"arrived": row.attendees.arrived().count(), "registered": row.attendees.confirmed().count()}
    record("exercises.event_report_published", EVENTS.subject(row), facts, by=None, at=at)
    announce(CHANGED, subject=EVENTS.subject(row))
    if is_first:
        _tell(row, "report", at=at)
    return row


def checked_url(url: str) -> str:
    """Return a web address, or refuse what is none: only http and https are followed."""
    url = url.strip()
    if url:
        try:
            URLValidator(["http", "https"])(url)
        except ValidationError as wrong:
            raise Refused("La liga debe empezar con https:// y estar completa.") from wrong
    return url


def _columns(details: EventDetails, *, at: datetime) -> dict[str, Any]:
    """Return the columns of an event, checked; what says when it is in words follows from its instants."""
    if details.kind not in EventKind.values or details.mode not in EventMode.values:
        raise Refused("Elige qué clase de evento es y cómo se participa.")
    if timezone.is_naive(details.starts_at) or timezone.is_naive(details.ends_at):
        raise ValueError("an event has instants with their time zone")
    if details.starts_at <= at:
        raise Refused("La fecha ya pasó. Elige una que venga.")
    if details.starts_at > at + FARTHEST:
        raise Refused("Esa fecha está a más de cinco años. Revisa el año.")
    if not details.starts_at < details.ends_at <= details.starts_at + LONGEST:
        raise Refused("El evento termina después de empezar y dura un mes como máximo. Revisa las dos fechas.")
    if details.capacity is not None and details.capacity < 1:
        raise Refused("El cupo es al menos de una persona. Déjalo vacío si no hay límite.")
    columns = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(details).items()}
    columns["name"] = " ".join(details.name.split())
    if not columns["name"]:
        raise Refused("Escribe el nombre del evento.")
    columns["remote_url"] = checked_url(details.remote_url)
    begins, ends = timezone.localtime(details.starts_at), timezone.localtime(details.ends_at)
    is_one_day = begins.date() == ends.date()
    return columns | {
        "time_text": f"{begins:%H:%M} a {ends:%H:%M} h" if is_one_day else f"{begins:%H:%M} h",
        "starts_on": day_of(details.starts_at),
        "starts_precision": DatePrecision.DAY,
        "ends_on": None if is_one_day else day_of(details.ends_at),
        "ends_precision": DatePrecision.MISSING if is_one_day else DatePrecision.DAY,
    }


def _public(event: Event) -> dict[str, Any]:
    """Return what the ledger keeps of an announced event."""
    instants = {name: getattr(event, name).isoformat() for name in ("starts_at", "ends_at")}
    return {"kind": event.kind, "mode": event.mode, "capacity": event.capacity, "revision": event.revision, **instants}


def _tell(event: Event, what: str, *, at: datetime) -> None:
    """Queue the messages about a fact, which a job writes: they may be thousands."""
    if event.attendees.reachable().exists():
        enqueue(tell_everyone, event.pk, what, at.isoformat(), key=f"event:{event.pk}:{what}:{event.revision}")
