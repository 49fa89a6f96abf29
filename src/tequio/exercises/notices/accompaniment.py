"""Who is told that a municipality asks for help, and that it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.accounts.workflows import notify
from tequio.exercises.enums import ACCOMPANIMENT, ASK_FOR_HELP
from tequio.exercises.queries.accompaniment import accompanying
from tequio.kernel.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.exercises.models import HelpRequest


def tell_help_asked(asked: HelpRequest, *, at: datetime) -> None:
    """Tell who accompanies the municipality that it asks for help; where nobody does, all the guarantor's staff."""
    place = asked.jurisdiction
    body = f"El enlace de {place} escribió:\n\n{asked.about}\n\nAl atenderla, registra el contacto y márcala."
    address, button = f"/garante/municipios/{place.slug}/contactos/nuevo/", "Registrar el contacto"
    for person in accompanying(place, day_of(at)):
        key, subject = f"exercises.help_asked:{asked.pk}", f"{place} pide ayuda"
        notify(person, ACCOMPANIMENT, key, subject, body, at=at, address=address, button=button)


def tell_help_answered(asked: HelpRequest, *, at: datetime) -> None:
    """Tell the liaison who asked for help that a contact answers it; who is no longer the liaison is told nothing."""
    if not asked.asked_by.has_perm(ASK_FOR_HELP, asked):
        return
    place = asked.jurisdiction
    subject = f"El órgano garante atendió la petición de {place}"
    body = f"Pediste ayuda para {place}:\n\n{asked.about}\n\nYa puedes leer qué se acordó y qué sigue."
    address, button = f"/garante/municipios/{place.slug}/", "Leer lo acordado"
    key = f"exercises.help_answered:{asked.pk}"
    notify(asked.asked_by, ACCOMPANIMENT, key, subject, body, at=at, address=address, button=button)
