"""The first table opens the second: who came to it is invited first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.cocreation.workflows.convening import held_table, permitted
from tequio.exercises.workflows import invite_first
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table


@transaction.atomic
def invite_earlier(table: Table, until: date, *, by: User | AnonymousUser, at: datetime) -> Table:
    """Keep a table's places until the end of a day for who came to the one it follows, and invite them by mail."""
    row = held_table(table)
    permitted(row, by)
    if row.follows is None:
        raise Refused("Esta mesa no continúa a otra. Elige su mesa previa en «Cambiar la mesa».")
    if row.closed_at:
        raise Refused("La mesa ya se cerró.")
    row.event = invite_first(row.event, row.follows.event, until, by=by, at=at)
    return row
