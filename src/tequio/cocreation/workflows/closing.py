"""Closing a table: what came of it, its report, and the end of what tied people to places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from tequio.cocreation.enums import DraftStage, TableOutcome
from tequio.cocreation.models import Placement
from tequio.cocreation.queries.reports import account_of
from tequio.cocreation.workflows.conducting import on_its_day
from tequio.cocreation.workflows.convening import held_table, permitted
from tequio.exercises.enums import EventState
from tequio.exercises.workflows import hold_event, publish_report
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table


@transaction.atomic
def close_table(
    table: Table, outcome: str, *, reason: str = "", lessons: str = "", by: User | AnonymousUser, at: datetime
) -> Table:
    """Close a table with what came of it; one without a commitment says why (CO-10). Who sat where is erased."""
    row = held_table(table)
    permitted(row, by)
    on_its_day(row, at=at)
    if not row.stages.filter(started_at__isnull=False).exists():
        raise Refused("La mesa todavía no empieza. Si no se realizó, cancélala con su motivo.")
    reason, lessons = reason.strip(), lessons.strip()
    has_text = row.closed_texts.filter(stage=DraftStage.PRELIMINARY).exists()
    if outcome == TableOutcome.COMMITMENT and not has_text:
        raise Refused("Para decir que hay un compromiso, cierra antes su texto preliminar.")
    if outcome == TableOutcome.DIALOGUE and not reason:
        raise Refused("Escribe por qué la mesa termina sin compromiso: se publica en su relatoría.")
    if outcome not in {TableOutcome.COMMITMENT, TableOutcome.DIALOGUE}:
        raise Refused("Elige qué resultó de la mesa.")
    row.stages.filter(started_at__isnull=False, ended_at__isnull=True).update(ended_at=at)
    Placement.objects.filter(small_table__table=row).delete()
    row.outcome, row.reason, row.lessons, row.closed_at = outcome, reason, lessons, at
    row.save(update_fields=["outcome", "reason", "lessons", "closed_at"])
    if row.event.state == EventState.PUBLISHED and row.event.starts_at and at >= row.event.starts_at:
        row.event = hold_event(row.event, by=by, at=at)
    record("cocreation.table_closed", f"cocreation.Table:{row.code}", _public(row), by=None, at=at)
    return row


@transaction.atomic
def publish_table_report(table: Table, *, recording_url: str = "", by: User | AnonymousUser, at: datetime) -> Table:
    """Publish the report of a closed table, made from what was captured; who came is told once."""
    row = held_table(table)
    permitted(row, by)
    if row.closed_at is None:
        raise Refused("Cierra la mesa antes de publicar su relatoría.")
    row.event = publish_report(row.event, account=account_of(row), recording_url=recording_url, by=by, at=at)
    return row


def _public(table: Table) -> dict[str, Any]:
    """Return what the ledger keeps of a closed table."""
    return {"outcome": table.outcome, "small_tables": table.small_tables.count()}
