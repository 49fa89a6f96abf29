"""What exercises ask of a person: of the guarantor's staff, to answer who asks for help and to keep what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.exercises.enums import ACCOMPANIMENT
from tequio.exercises.queries.accompaniment import open_help, open_steps
from tequio.kernel.clock import day_of
from tequio.kernel.duties import Duty, duties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tequio.accounts.models import User


@duties
def answer_help(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each request for help that waits for whoever accompanies the municipality, or for all the staff."""
    for asked in open_help(person, day_of(at)):
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
    for contact in open_steps(person, day_of(at)):
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
