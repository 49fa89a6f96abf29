"""What co-creation asks of a person: to answer what people proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.cocreation.enums import CONSULTATION
from tequio.cocreation.queries.problems import waiting_consultations
from tequio.kernel.clock import day_of
from tequio.kernel.duties import Duty, duties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tequio.accounts.models import User


@duties
def answer_problems(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each consultation with proposals that nobody answered."""
    for consultation in waiting_consultations(person, day_of(at)):
        count = vars(consultation)["waiting"]
        yield Duty(
            key=f"cocreation.answer_problems:{consultation.pk}",
            topic=CONSULTATION,
            verb="Responde",
            thing=f"{count} propuestas de problemas públicos" if count > 1 else "1 propuesta de un problema público",
            why="Quien la hizo espera saber qué pasó con ella, y la consulta publica cuántas faltan.",
            where=consultation.exercise.name,
            address=reverse("cocreation:work_problems", args=[consultation.exercise.slug]),
            button="Ver las propuestas",
        )
