"""Writing exercises as a pack tells them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from tequio.accounts.enums import Sector
from tequio.accounts.models import Jurisdiction, Organization
from tequio.exercises.models import (
    Call,
    Event,
    Exercise,
    GuarantorTerm,
    Phase,
    Registration,
    SourceDocument,
    Statement,
)
from tequio.exercises.models.applications import name_key
from tequio.kernel.models import StatusChange
from tequio.kernel.objections import hear_objections
from tequio.kernel.packs.moments import stated
from tequio.kernel.refusal import Refused
from tequio.kernel.upsert import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.kernel.packs.schema import Record

REPLACE_EXERCISE: Final = "exercises.replace_exercise"
"""An exercise (slug) and all that hangs from it are about to be replaced by what a pack tells; objections are heard."""

logger = logging.getLogger(__name__)


@transaction.atomic
def load_exercises(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Write exercises as their pack tells them, in place of what an earlier version of the pack told."""
    slugs = [record["ejercicio"]["clave"] for record in records]
    for slug in slugs:
        is_called = Call.objects.online().filter(exercise__slug=slug).exists()
        if is_called or StatusChange.objects.filter(subject=f"{Exercise._meta.label}:{slug}").exists():
            raise Refused(f"El ejercicio «{slug}» se lleva en esta plataforma: un paquete no lo reemplaza.")
        hear_objections(REPLACE_EXERCISE, slug=slug)
    _, gone = Exercise.objects.filter(slug__in=slugs).delete()
    rows = [_exercise(record) for record in records]
    replaced = gone.get("exercises.Exercise", 0)
    logger.info("Ejercicios escritos por %s, %s: %s", by or "la consola", at, ", ".join(slugs))
    return (Tally("ejercicios", len(rows) - replaced, replaced, 0, ()),)


def _exercise(record: Record) -> Exercise:
    told = record["ejercicio"]
    exercise = Exercise.objects.create(
        slug=told["clave"],
        name=told["nombre"],
        jurisdiction=Jurisdiction.objects.get(code=told["lugar"]),
        first_year=told["desde"],
        last_year=told["hasta"],
        state=told["estado"],
        summary=told["resumen"],
    )
    organizations = Organization.objects.in_bulk(field_name="key")
    documents = _documents(exercise, record["documentos"])
    _guarantors(exercise, record["garantes"], organizations)
    _phases(exercise, record["fases"])
    _calls(exercise, record["convocatorias"])
    _members(exercise, record["miembros"], organizations)
    _events(exercise, record["eventos"])
    _statements(exercise, record["afirmaciones"], documents)
    return exercise


def _documents(exercise: Exercise, records: tuple[Record, ...]) -> dict[str, SourceDocument]:
    rows = SourceDocument.objects.bulk_create(
        SourceDocument(
            exercise=exercise,
            key=told["clave"],
            kind=told["tipo"],
            title=told["titulo"],
            approved_by=told["aprobado_por"],
            url=told["url"],
            note=told["nota"],
            order=order,
            **stated(told["fecha"]),
        )
        for order, told in enumerate(records, 1)
    )
    return {row.key: row for row in rows}


def _guarantors(exercise: Exercise, records: tuple[Record, ...], organizations: dict[Any, Organization]) -> None:
    GuarantorTerm.objects.bulk_create(
        GuarantorTerm(
            exercise=exercise,
            organization=organizations[told["organizacion"]],
            starts_on=told["desde"],
            ends_on=told["hasta"],
        )
        for told in records
    )


def _phases(exercise: Exercise, records: tuple[Record, ...]) -> None:
    Phase.objects.bulk_create(
        Phase(
            exercise=exercise,
            order=order,
            name=told["nombre"],
            objective=told["objetivo"],
            product=told["producto"],
            people=told["personas"],
            activities=told["actividades"],
            state=told["estado"] or Phase._meta.get_field("state").default,
            source=told["fuente"],
            **stated(told["fecha"]),
        )
        for order, told in enumerate(records, 1)
    )


def _calls(exercise: Exercise, records: tuple[Record, ...]) -> None:
    Call.objects.bulk_create(
        Call(
            exercise=exercise,
            order=order,
            kind=told["tipo"],
            title=told["titulo"],
            outcome=told["resultado"],
            url=told["url"],
            source=told["fuente"],
            **stated(told["inicio"], told["fin"]),
        )
        for order, told in enumerate(records, 1)
    )


def _members(exercise: Exercise, records: tuple[Record, ...], organizations: dict[Any, Organization]) -> None:
    Registration.objects.bulk_create(
        Registration(
            exercise=exercise,
            order=order,
            sector=told["sector"],
            organization=organizations.get(told["organizacion"]),
            published_name=told["dice"],
            label=told["rotulo"],
            name_key="" if told["sector"] == Sector.CITIZENS else name_key(told["dice"]),
        )
        for order, told in enumerate(records, 1)
    )


def _events(exercise: Exercise, records: tuple[Record, ...]) -> None:
    Event.objects.bulk_create(
        Event(
            exercise=exercise,
            slug=told["clave"],
            kind=told["tipo"],
            name=told["nombre"],
            order=order,
            time_text=told["hora"],
            place=told["lugar"],
            attendance=told["asistencia"],
            account=told["relato"],
            invitation=told["invitacion"],
            recording_url=told["grabacion"],
            registration_url=told["registro"],
            source=told["fuente"],
            **stated(told["fecha"]),
        )
        for order, told in enumerate(records, 1)
    )


def _statements(
    exercise: Exercise,
    records: tuple[Record, ...],
    documents: dict[str, SourceDocument],
) -> None:
    Statement.objects.bulk_create(
        Statement(
            exercise=exercise,
            document=documents[told["documento"]],
            order=order,
            subject=told["asunto"],
            value=told["valor"],
            parts=list(told["sumandos"]),
            counted=told["cuenta"] or "",
            place=told["lugar"],
            quote=told["cita"],
            note=told["nota"],
        )
        for order, told in enumerate(records, 1)
    )
