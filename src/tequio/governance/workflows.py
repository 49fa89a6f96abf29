"""The verbs of collegiate bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.accounts.models import Organization, Person
from tequio.exercises.models import Exercise
from tequio.governance.models import Body, Seat, SeatTerm, Session
from tequio.kernel.packs.moments import stated

if TYPE_CHECKING:
    from tequio.kernel.packs.schema import Record


@transaction.atomic
def load_bodies(record: Record) -> list[Body]:
    """Write the bodies of an exercise as its pack tells them."""
    exercise = Exercise.objects.get(slug=record["ejercicio"])
    return [_body(exercise, told) for told in record["organos"]]


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
    minutes = {document.key: document for document in exercise.documents.all()}
    Session.objects.bulk_create(
        Session(
            body=body,
            order=order,
            kind=held["tipo"],
            name=held["nombre"],
            how_many=held["cuantas"] or 1,
            summary=held["resumen"],
            minutes=minutes.get(held["acta"]),
            source=held["fuente"],
            **stated(held["fecha"]),
        )
        for order, held in enumerate(told["sesiones"], 1)
    )
    return body
