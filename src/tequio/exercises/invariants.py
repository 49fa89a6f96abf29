"""What must always hold of events, whatever died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db.models import Count, F, Q

from tequio.exercises.enums import AttendeeState, EventState
from tequio.exercises.models import Attendee, Event, EventPhoto
from tequio.exercises.queries.events import photo_path
from tequio.kernel.canonical import sha256
from tequio.kernel.invariants import invariant

if TYPE_CHECKING:
    from collections.abc import Iterator


@invariant("A ningún evento sin puestos de entrada entraron más personas que su cupo")
def nobody_beyond_capacity() -> Iterator[str]:
    """Yield each event in which more people came in than it holds; a post tells who is inside already."""
    inside = Count("attendees", filter=Q(attendees__arrived_at__isnull=False))
    full = Event.objects.filter(posts__isnull=True).annotate(inside=inside).filter(inside__gt=F("capacity"))
    for exercise, slug, count, capacity in full.values_list("exercise__slug", "slug", "inside", "capacity"):
        yield f"Al evento {exercise}/{slug} entraron {count} de {capacity} personas."


@invariant("Nadie espera un lugar en un evento que tiene lugares libres")
def nobody_waits_in_vain() -> Iterator[str]:
    """Yield each announced event with free places and people who wait for one."""
    announced = Event.objects.filter(state=EventState.PUBLISHED).annotate(
        placed=Count("attendees", filter=Q(attendees__state=AttendeeState.CONFIRMED)),
        waiting=Count("attendees", filter=Q(attendees__state=AttendeeState.WAITING)),
    )
    vain = announced.filter(waiting__gt=0).exclude(capacity__lte=F("placed"))
    for exercise, slug, count in vain.values_list("exercise__slug", "slug", "waiting"):
        yield f"En el evento {exercise}/{slug} esperan {count} y hay lugares libres."


@invariant("De quien asistió a un evento ya olvidado no queda ningún dato personal")
def forgotten_are_forgotten() -> Iterator[str]:
    """Yield each event whose people were forgotten and of whom something is left."""
    told = ~Q(email="") | ~Q(name="") | ~Q(code="") | ~Q(needs=[]) | ~Q(mark="")
    left = Attendee.objects.filter(Q(event__people_forgotten_at__isnull=False) | Q(state=AttendeeState.CANCELLED), told)
    for code in left.values_list("event__slug", flat=True).distinct().order_by("event__slug"):
        yield f"En el evento {code} quedan datos de personas que debían borrarse."


@invariant("Cada fotografía publicada tiene su archivo, y es el mismo")
def photographs_whole() -> Iterator[str]:
    """Yield each photograph whose file is not there or is another."""
    for photo in EventPhoto.objects.all():
        path = photo_path(photo.sha256)
        if not default_storage.exists(path):
            yield f"Falta el archivo de la fotografía {photo.sha256}."
            continue
        with default_storage.open(path) as kept:
            if sha256(kept.read()) != photo.sha256:
                yield f"El archivo de la fotografía {photo.sha256} es otro."
