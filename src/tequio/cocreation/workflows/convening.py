"""Convening a co-creation table: its theme, its event, its stages, and whom to tell first."""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from tequio.accounts.models import User
from tequio.cocreation.enums import PREPARE_TABLE, Capture, StageTalk, TableKind, TableOutcome, ThemeStatus
from tequio.cocreation.models import Stage, Table, TableTemplate, Theme
from tequio.exercises.enums import EventKind, EventState
from tequio.exercises.workflows import EventDetails, change_event, plan_event
from tequio.exercises.workflows.attendees import LETTERS
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.exercises.models import Exercise

logger = logging.getLogger(__name__)
LONGEST_STAGE: Final = 480
"""Minutes: a stage that lasts more than a working day is a mistyped number."""
MOST_STAGES: Final = 30
NO_TEMPLATE_MINUTES: Final = 120
"""How long a table is planned for where no document describes its stages: whoever prepares it writes them."""


@dataclass(frozen=True, kw_only=True)
class TablePlan:
    """What somebody says of a table that they convene; its event ends when its stages do."""

    theme: Theme
    kind: str
    template: TableTemplate | None = None
    follows: Table | None = None
    criteria: str = ""


@dataclass(frozen=True, kw_only=True)
class StagePlan:
    """A stage as it is written before the day."""

    name: str
    minutes: int
    responsible: str = ""
    materials: str = ""
    dynamics: str = ""
    captures: str = Capture.NOTHING
    shows: str = ""


def permitted(table: Table | Exercise, by: User | AnonymousUser, permission: str = PREPARE_TABLE) -> User:
    """Return who prepares, or conducts, a table, or refuse."""
    if not isinstance(by, User) or not by.has_perm(permission, table):
        raise Refused("Tu cuenta no organiza mesas en este ejercicio.")
    return by


def held_table(table: Table) -> Table:
    """Return a table as it is now, locked: of two who change it, one waits for the other."""
    rows = Table.objects.select_for_update(no_key=True, of=("self",)).select_related("event__exercise", "theme")
    return rows.get(pk=table.pk)


@transaction.atomic
def convene_table(
    exercise: Exercise, plan: TablePlan, details: EventDetails, *, by: User | AnonymousUser, at: datetime
) -> Table:
    """Prepare a table with the stages of its method; it is announced as its event is."""
    permitted(exercise, by)
    _check(exercise, plan)
    template = plan.template
    stages = [_stage(stage) for stage in template.stages.all()] if template else []
    minutes = sum(stage.minutes for stage in stages) or NO_TEMPLATE_MINUTES
    ends_at = details.starts_at + timedelta(minutes=minutes)
    event = plan_event(exercise, replace(details, kind=EventKind.TABLE, ends_at=ends_at), by=by, at=at)
    columns = {name: getattr(template, name) for name in ("smallest", "largest", "horseshoe", "questions") if template}
    if template and template.groups:
        event.groups = template.groups
        event.save(update_fields=["groups"])
    table = Table.objects.create(
        event=event,
        theme=plan.theme,
        kind=plan.kind,
        template=template,
        follows=plan.follows,
        criteria=plan.criteria.strip(),
        room_code=_room_code(),
        **columns,
    )
    _write_stages(table, stages)
    logger.info("mesa preparada: %s", table.code)
    return table


@transaction.atomic
def change_table(
    table: Table, plan: TablePlan, details: EventDetails, *, by: User | AnonymousUser, at: datetime
) -> Table:
    """Change what a table is about, or its event; its stages stay and give its length."""
    row = held_table(table)
    permitted(row, by)
    _check(row.exercise, plan, row)
    ends_at = details.starts_at + timedelta(minutes=total_minutes(row))
    change_event(row.event, replace(details, kind=EventKind.TABLE, ends_at=ends_at), by=by, at=at)
    row.theme, row.kind, row.follows, row.criteria = plan.theme, plan.kind, plan.follows, plan.criteria.strip()
    row.save(update_fields=["theme", "kind", "follows", "criteria"])
    return row


@transaction.atomic
def write_stages(table: Table, stages: Sequence[StagePlan], *, by: User | AnonymousUser, at: datetime) -> int:
    """Write the stages of a table anew, before the day; its event ends when they do. Return its minutes."""
    row = held_table(table)
    permitted(row, by)
    if row.stages.filter(started_at__isnull=False).exists():
        raise Refused("La mesa ya empezó: sus etapas no se cambian. En la conducción puedes añadir minutos.")
    if not 0 < len(stages) <= MOST_STAGES:
        raise Refused(f"Una mesa tiene de una a {MOST_STAGES} etapas.")
    checked = [_stage(stage) for stage in stages]
    row.stages.all().delete()
    _write_stages(row, checked)
    minutes = total_minutes(row)
    event = row.event
    if event.starts_at and event.state in {EventState.DRAFT, EventState.PUBLISHED}:
        change_event(event, written_event(row, minutes), by=by, at=at)
    return minutes


def written_event(table: Table, minutes: int) -> EventDetails:
    """Return a table's event as it stands, ending when its stages do."""
    event = table.event
    names = EventDetails.__dataclass_fields__.keys() - {"ends_at"}
    values: dict[str, Any] = {name: getattr(event, name) for name in names}
    if event.starts_at is None:
        raise Refused("De esta mesa solo consta lo que dice un documento.")
    return EventDetails(**values, ends_at=event.starts_at + timedelta(minutes=minutes))


def total_minutes(table: Table) -> int:
    """Return how long the stages of a table last together; a table without stages keeps its planned length."""
    return sum(table.stages.values_list("minutes", flat=True)) or NO_TEMPLATE_MINUTES


def _check(exercise: Exercise, plan: TablePlan, table: Table | None = None) -> None:
    """Refuse a theme, a template or an earlier table that are not this exercise's."""
    if plan.kind not in TableKind.values:
        raise Refused("Elige qué tipo de mesa es.")
    if plan.theme.exercise_id != exercise.pk:
        raise Refused("Elige una temática de este ejercicio.")
    if plan.theme.status != ThemeStatus.APPROVED:
        raise Refused("El secretariado todavía no aprueba esa temática: apruébenla en una sesión.")
    if plan.template and plan.template.kind != plan.kind:
        raise Refused("Esa plantilla es de otro tipo de mesa.")
    if (before := plan.follows) is None:
        return
    if before.exercise.pk != exercise.pk or before.theme_id != plan.theme.pk or before == table:
        raise Refused("La mesa previa es otra mesa de la misma temática.")
    if plan.kind != TableKind.COMMITMENT:
        raise Refused("Solo una mesa de compromiso continúa a otra: la de problema y alternativas es la primera.")
    if before.outcome == TableOutcome.PENDING and before.event.state == EventState.CANCELLED:
        raise Refused("La mesa previa se canceló: no tiene resultados con que abrir esta.")


def _stage(told: Any) -> StagePlan:
    """Return a stage, checked; `told` has the attributes of one."""
    plan = StagePlan(**{name: getattr(told, name) for name in StagePlan.__dataclass_fields__})
    plan = replace(plan, name=" ".join(plan.name.split()), responsible=" ".join(plan.responsible.split()))
    if not plan.name:
        raise Refused("A una etapa le falta el nombre.")
    if not 0 < plan.minutes <= LONGEST_STAGE:
        raise Refused(f"«{plan.name}» dura de 1 a {LONGEST_STAGE} minutos; dice {plan.minutes}.")
    if plan.captures not in Capture.values:
        raise Refused(f"Elige qué queda escrito en «{plan.name}».")
    if plan.shows and plan.shows not in StageTalk.values:
        raise Refused(f"Elige qué presentación se muestra en «{plan.name}».")
    return plan


def _write_stages(table: Table, stages: Sequence[StagePlan]) -> None:
    Stage.objects.bulk_create([Stage(table=table, order=order, **asdict(one)) for order, one in enumerate(stages)])


def _room_code() -> str:
    """Return a code that nobody guesses and anybody can type."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(8))
        if not Table.objects.filter(room_code=code).exists():
            return code
