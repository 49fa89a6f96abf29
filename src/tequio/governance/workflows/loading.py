"""Writing bodies as a pack tells them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from tequio.accounts.models import Organization, Person
from tequio.exercises.models import Exercise
from tequio.exercises.workflows import REPLACE_EXERCISE
from tequio.governance.enums import SeatRole
from tequio.governance.models import Body, Seat, SeatTerm, Session
from tequio.kernel.objections import object_to
from tequio.kernel.packs.lookup import look_up, look_up_if_given
from tequio.kernel.packs.moments import stated
from tequio.kernel.upsert import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.kernel.packs.schema import Record

logger = logging.getLogger(__name__)


@transaction.atomic
def load_bodies(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Write the bodies of exercises, loaded just before, as their pack tells them."""
    exercises = Exercise.objects.in_bulk([record["ejercicio"] for record in records], field_name="slug")
    bodies = [
        _body(look_up(exercises, record, "ejercicio", "ejercicio.yaml"), told)
        for record in records
        for told in record["organos"]
    ]
    logger.info("%s órganos escritos por %s, %s", len(bodies), by or "la consola", at)
    return (Tally("órganos colegiados", len(bodies), 0, 0, ()),)


def _body(exercise: Exercise, told: Record) -> Body:
    body = Body.objects.create(
        exercise=exercise,
        kind=told["tipo"],
        name=told["nombre"],
        acronym=told["siglas"],
        description=told["descripcion"],
    )
    people = Person.objects.in_bulk(field_name="key")
    organizations = Organization.objects.in_bulk(field_name="key")
    for order, seat_told in enumerate(told["asientos"], 1):
        seat = Seat.objects.create(body=body, order=order, role=seat_told["calidad"], sector=seat_told["sector"] or "")
        SeatTerm.objects.bulk_create(
            SeatTerm(
                seat=seat,
                person=people[term["persona"]],
                order=number,
                published_name=term["dice"],
                post=term["cargo"],
                organization=organizations.get(term["organizacion"]),
                note=term["nota"],
                source=term["fuente"],
                **stated(term["desde"], term["hasta"]),
            )
            for number, term in enumerate(seat_told["periodos"], 1)
        )
    _pair(body)
    minutes = {document.key: document for document in exercise.documents.all()}
    Session.objects.bulk_create(
        Session(
            body=body,
            order=order,
            kind=held["tipo"],
            name=held["nombre"],
            how_many=held["cuantas"] or 1,
            summary=held["resumen"],
            minutes=look_up_if_given(minutes, held, "acta", "los documentos de ejercicio.yaml"),
            source=held["fuente"],
            **stated(held["fecha"]),
        )
        for order, held in enumerate(told["sesiones"], 1)
    )
    return body


def _pair(body: Body) -> None:
    """Let each substitute's seat substitute a titular's of its sector, in the order of the document."""
    free = [seat for seat in body.seats.all() if seat.role == SeatRole.TITULAR]
    for seat in body.seats.filter(role=SeatRole.SUBSTITUTE):
        titular = next((each for each in free if each.sector == seat.sector), None)
        if titular:
            free.remove(titular)
            seat.substitute_of = titular
            seat.save(update_fields=["substitute_of"])


def keep_what_people_held() -> None:
    """Object to replacing an exercise whose bodies met here; called once the rooms are loaded."""
    object_to(REPLACE_EXERCISE, held_here)


def held_here(*, slug: str) -> Iterator[str]:
    """Yield why an exercise cannot be written again: what its bodies held and who acts in them would go."""
    sessions = Session.objects.convened_here().filter(body__exercise__slug=slug).count()
    if sessions:
        yield f"El ejercicio {slug} perdería sus sesiones que se convocaron aquí: {sessions}."
    if SeatTerm.objects.filter(account__isnull=False, seat__body__exercise__slug=slug).exists():
        yield f"El ejercicio {slug} tiene asientos que ocupan cuentas de personas."
