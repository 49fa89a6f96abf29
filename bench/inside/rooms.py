"""Makes the demonstration's table, whose room is writing, and changes its text while many look at it."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.utils import timezone

from tequio.accounts.models import User
from tequio.cocreation.models import Table
from tequio.cocreation.workflows import DraftText, write_draft
from tequio.site.queries.demo import FACILITATOR
from tequio.site.workflows import seed_demo


def measure(act: str, *arguments: str) -> dict[str, Any]:
    """Do an act: `make` the table, or `write` its text for some seconds, every so many."""
    return make() if act == "make" else write(*map(float, arguments))


def make() -> dict[str, str]:
    """Write the demonstration's people and table, unless they are there; return the room's code."""
    settings.DEMO = True
    seed_demo(at=timezone.now())
    return {"code": Table.objects.exclude(room_code="").latest("pk").room_code}


def write(seconds: float, every: float) -> dict[str, int]:
    """Change the room's text again and again; return how often."""
    table, by = Table.objects.exclude(room_code="").latest("pk"), User.objects.get(email=FACILITATOR.email)
    seen, times, until = table.revision, 0, time.monotonic() + seconds
    while time.monotonic() < until:
        draft = DraftText(title="Agua", text=f"El calendario se publica cada lunes. {times}")
        seen = write_draft(table, draft, seen=seen, by=by, at=timezone.now())
        times += 1
        time.sleep(every)
    return {"times": times}
