"""Conducting a table on its day: which stage runs, and the minutes added to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from tequio.cocreation.enums import CONDUCT_TABLE
from tequio.cocreation.workflows.convening import held_table, permitted
from tequio.exercises.enums import EventState
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import Stage, Table

BEFORE: Final = timedelta(hours=12)
"""How long before its hour a table can be begun: people arrive early, and somebody tries the screens."""
MOST_ADDED: Final = 240


def on_its_day(table: Table, *, at: datetime) -> None:
    """Refuse to conduct a table that is not announced, whose day has not come, or that is closed."""
    event = table.event
    if table.closed_at:
        raise Refused("La mesa ya se cerró.")
    if event.state not in {EventState.PUBLISHED, EventState.HELD} or event.starts_at is None:
        raise Refused("La mesa no está anunciada o se canceló.")
    if at < event.starts_at - BEFORE:
        raise Refused("La mesa se conduce desde 12 horas antes de que empiece.")


@transaction.atomic
def next_stage(table: Table, *, seen: int | None, by: User | AnonymousUser, at: datetime) -> Stage | None:
    """End the stage that runs and begin the next; return it, or None after the last.

    `seen` is the order of the stage on the screen of who asks (None before the first): when another screen went on
    already, nothing moves twice.
    """
    row = held_table(table)
    permitted(row, by, CONDUCT_TABLE)
    on_its_day(row, at=at)
    stages = list(row.stages.all())
    if not stages:
        raise Refused("Esta mesa no tiene etapas. Escríbelas antes de empezar.")
    now = next((stage for stage in stages if stage.started_at and not stage.ended_at), None)
    if (now.order if now else None) != seen:
        raise Refused(f"Otra pantalla ya cambió de etapa: {f'va en «{now.name}»' if now else 'ninguna corre'}.")
    following = next((stage for stage in stages if not stage.started_at), None)
    if now:
        now.ended_at = max(at, now.started_at or at)
        now.save(update_fields=["ended_at"])
    elif following is None:
        raise Refused("Todas las etapas terminaron.")
    if following:
        following.started_at = at
        following.save(update_fields=["started_at"])
    announce(CHANGED, subject=row.code)
    return following


@transaction.atomic
def add_minutes(table: Table, *, seen: int | None, minutes: int, by: User | AnonymousUser, at: datetime) -> Stage:
    """Give the stage that runs more minutes, or take some back; what follows begins later."""
    row = held_table(table)
    permitted(row, by, CONDUCT_TABLE)
    on_its_day(row, at=at)
    now = row.stages.filter(started_at__isnull=False, ended_at__isnull=True).first()
    if now is None or now.order != seen:
        raise Refused("Esa etapa ya no corre: otra pantalla cambió de etapa.")
    added = now.added + minutes
    if not -now.minutes < added <= MOST_ADDED:
        raise Refused(f"A una etapa se le añaden {MOST_ADDED} minutos como máximo, y no se le quita toda su duración.")
    now.added = added
    now.save(update_fields=["added"])
    announce(CHANGED, subject=row.code)
    return now
