"""What anybody reads of the bodies of an exercise: sessions, agreements, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.accounts.views.answers import found
from tequio.governance.notices import calendar_entry
from tequio.governance.queries.minutes import decision
from tequio.governance.queries.pages import (
    agreement_seen,
    agreements_seen,
    exercise_seen,
    minutes_document,
    minutes_told,
    rules_told,
    session_seen,
    sessions_seen,
)
from tequio.governance.views.answers import trail
from tequio.kernel.access import public
from tequio.kernel.calendar import calendar
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.components import Link
from tequio.kernel.pagecache import cached_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.governance.models import Session


@public
@require_safe
@cached_page()
def sessions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the sessions of an exercise's bodies."""
    exercise = found(exercise_seen(slug, None))
    shown = {"exercise": exercise, "sessions": sessions_seen(exercise), "trail": trail(exercise, "Sesiones")}
    return render(request, "governance/sessions.html", shown)


@public
@require_safe
@cached_page()
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a session: its order of the day, who was there, what was decided, and its minutes."""
    found_here: Session = found(session_seen(slug, number, None))
    above = Link("Sesiones", f"{found_here.exercise.get_absolute_url()}sesiones/")
    shown = {
        "session": found_here,
        "record": getattr(found_here, "record", None),
        "told": minutes_told(found_here),
        "document": minutes_document(found_here),
        "trail": [*trail(found_here.exercise), above, Link(found_here.name)],
    }
    return render(request, "governance/session.html", shown)


@public
@require_safe
@cached_page()
def session_calendar(_request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a session as a calendar file, without the link that only members receive."""
    found_here = found(session_seen(slug, number, None))
    at = found_here.changes.order_by("changed_at").values_list("changed_at", flat=True).last()
    return calendar(found_here.name, [calendar_entry(found_here)], at=at or found(found_here.convened_at))


@public
@require_safe
def minutes_file(_request: HttpRequest, slug: str, number: int) -> FileResponse:
    """Serve the approved minutes of a session as a document."""
    session_here = found(session_seen(slug, number, None))
    file = found(minutes_document(session_here))
    return FileResponse(file.open(), content_type=file.media_type, filename=f"acta-{slug}-{number}.pdf")


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def agreements(request: HttpRequest, slug: str) -> HttpResponse:
    """List the agreements of an exercise's bodies, each with who answers for it and whether it is done."""
    exercise = found(exercise_seen(slug, None))
    shown = {
        "exercise": exercise,
        "agreements": agreements_seen(exercise),
        "today": today(),
        "trail": trail(exercise, "Acuerdos"),
    }
    return render(request, "governance/agreements.html", shown)


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def agreement(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show an agreement: its text, the position of each seat, and how it was fulfilled."""
    each = found(agreement_seen(slug, code, None))
    above = Link("Acuerdos", f"{each.exercise.get_absolute_url()}acuerdos/")
    shown = {
        "agreement": each,
        "decision": decision(each.proposal),
        "today": today(),
        "trail": [*trail(each.exercise), above, Link(str(each))],
    }
    return render(request, "governance/agreement.html", shown)


@public
@require_safe
@cached_page()
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the governance mechanism and the yearly agenda of each body, with their versions."""
    exercise = found(exercise_seen(slug, None))
    shown = {"exercise": exercise, "bodies": rules_told(exercise), "trail": trail(exercise, "Reglas y agenda anual")}
    return render(request, "governance/rules.html", shown)
