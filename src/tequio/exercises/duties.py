"""What exercises ask of a person: to help, keep what was agreed, review, correct, and see to the events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from tequio.exercises.enums import ACCOMPANIMENT, CALLS, EVENTS
from tequio.exercises.queries.accompaniment import open_help, open_steps
from tequio.exercises.queries.calls import own_applications, to_be_mended, waiting_for_review
from tequio.exercises.queries.events import events_without_report, organised_events
from tequio.kernel.clock import day_of, midnight
from tequio.kernel.duties import Duty, duties, read_in_one

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.exercises.models import Event

ANSWERING: Final = timedelta(days=5)
"""How long an answer may wait to be read before it is late."""


REPORT_WITHIN: Final = timedelta(days=10)
"""In which a report is due: while people still remember, and before their data are forgotten."""


@read_in_one
def asked_of(person: User, at: datetime) -> dict[str, QuerySet[Any]]:
    """Return the rows from which the duties below follow, and everything that the person sent."""
    day = day_of(at)
    tomorrow, mine = midnight(day) + timedelta(days=1), organised_events(person, day)
    return {
        "help": open_help(person, day),
        "steps": open_steps(person, day),
        "calls": waiting_for_review(person, at=at),
        "sent": own_applications(person),
        "events": mine.coming(at).filter(starts_at__lt=tomorrow) | events_without_report(mine, at),
    }


@duties
def answer_help(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each request for help that waits for whoever accompanies the municipality, or for all the staff."""
    for asked in asked_of(person, at)["help"]:
        yield Duty(
            key=f"exercises.answer_help:{asked.pk}",
            topic=ACCOMPANIMENT,
            verb="Atiende",
            thing=f"la petición de ayuda de {asked.jurisdiction}",
            why="Su enlace espera respuesta; se cierra al registrar el contacto con que la atiendas.",
            where=asked.jurisdiction.name,
            address=reverse("exercises:new_contact", args=[asked.jurisdiction.slug]),
            button="Registrar el contacto",
        )


@duties
def keep_next_steps(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each next step agreed with a municipality, to whoever accompanies it, or to all the staff."""
    for contact in asked_of(person, at)["steps"]:
        yield Duty(
            key=f"exercises.keep_next_step:{contact.pk}",
            topic=ACCOMPANIMENT,
            verb="Cumple",
            thing=f"el siguiente paso con {contact.jurisdiction}: {contact.next_step}",
            why="Así quedó en el último contacto; al terminar, registra qué resultó.",
            where=contact.jurisdiction.name,
            due_on=contact.next_step_on,
            address=reverse("exercises:outcome", args=[contact.jurisdiction.slug, contact.pk]),
            button="Registrar qué resultó",
        )


@duties
def review_applications(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each call with answers that the person may decide on."""
    for call in asked_of(person, at)["calls"]:
        many = call.waiting != 1
        yield Duty(
            key=f"exercises.review_applications:{call.slug}/{call.key}",
            topic=CALLS,
            verb="Revisa",
            thing=f"{call.waiting} solicitudes" if many else "1 solicitud",
            why="Quien se inscribió espera respuesta, y sin ella no puede elegir ni ser elegido.",
            address=reverse("exercises:work_call", args=[call.slug, call.key]),
            button="Revisar las solicitudes" if many else "Revisar la solicitud",
            where=call.title,
            due_on=day_of(call.since + ANSWERING),
        )


@duties
def mend_application(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each answer of the person that was returned to be corrected."""
    for application in to_be_mended(asked_of(person, at)["sent"], at=at):
        yield Duty(
            key=f"exercises.mend_application:{application.folio}",
            topic=CALLS,
            verb="Corrige",
            thing=f"tu solicitud {application.folio}",
            why="Le falta algo para aceptarla. Si vence el plazo, puede no aceptarse.",
            address=application.get_absolute_url(),
            button="Ver qué falta",
            where=str(application.call),
            due_at=application.mend_by,
        )


@duties
def open_doors(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the door of each event of today."""
    for event in asked_of(person, at)["events"]:
        if not event.has_ended(at):
            why = "Las llegadas dan la asistencia por sector."
            yield _duty(event, "door", "Abre", f"la entrada de «{event.name}»", why, "door")


@duties
def publish_reports(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the report of each event that ended."""
    for event in asked_of(person, at)["events"]:
        if event.has_ended(at):
            why = "El evento terminó, y quienes participaron esperan leer qué resultados hubo."
            yield _duty(event, "report", "Publica", f"la relatoría de «{event.name}»", why, "event_report")


def _duty(event: Event, act: str, verb: str, thing: str, why: str, page: str) -> Duty:
    """Return a duty about an event; the door is due when it begins, the report some days after."""
    is_door = act == "door"
    return Duty(
        key=f"exercises.event_{act}:{event.pk}",
        topic=EVENTS,
        verb=verb,
        thing=thing,
        why=why,
        address=reverse(f"exercises:{page}", args=[event.exercise.slug, event.slug]),
        button="Abrir la entrada" if is_door else "Escribir la relatoría",
        where=str(event.exercise.jurisdiction),
        due_at=event.starts_at if is_door else None,
        due_on=day_of(event.ends_at + REPORT_WITHIN) if event.ends_at and not is_door else None,
    )
