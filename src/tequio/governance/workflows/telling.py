"""Telling the rolls how their elections stand, a minute later: thousands of messages would keep a verb waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from tequio.governance.enums import ElectionState
from tequio.governance.models import Election
from tequio.governance.notices import tell_roll

if TYPE_CHECKING:
    from datetime import datetime


def tell_rolls(*, at: datetime) -> int:
    """Tell each roll that was not told yet; who was told already, if this was cut short, is not told again."""
    told = 0
    waiting = Election.objects.exclude(state=ElectionState.DRAFT).exclude(told=F("state"))
    for election in waiting.select_related("exercise"):
        tell_roll(election, at=at)
        told += Election.objects.filter(pk=election.pk, state=election.state).update(told=election.state)
    return told
