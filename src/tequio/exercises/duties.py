"""What calls ask of people: to review the answers that came, and to correct one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from tequio.exercises.enums import CALLS
from tequio.exercises.queries.calls import to_be_mended_by, waiting_for_review
from tequio.kernel.clock import day_of
from tequio.kernel.duties import Duty, duties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tequio.accounts.models import User

ANSWERING: Final = timedelta(days=5)
"""How long an answer may wait to be read before it is late."""


@duties
def review_applications(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each call with answers that the person may decide on."""
    for waiting in waiting_for_review(person, at=at):
        many = waiting.count != 1
        yield Duty(
            key=f"exercises.review_applications:{waiting.slug}/{waiting.key}",
            topic=CALLS,
            verb="Revisa",
            thing=f"{waiting.count} solicitudes" if many else "1 solicitud",
            why="Quien se inscribió espera respuesta, y sin ella no puede elegir ni ser elegido.",
            address=reverse("exercises:work_call", args=[waiting.slug, waiting.key]),
            button="Revisar las solicitudes" if many else "Revisar la solicitud",
            where=waiting.title,
            due_on=day_of(waiting.since + ANSWERING),
        )


@duties
def mend_application(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each answer of the person that was returned to be corrected."""
    for application in to_be_mended_by(person, at=at):
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
