"""Where one votes: the ballot, its review and the receipt; nothing that is chosen is ever in an address.

Each page weighs the same whatever is chosen, so that the sizes in a server's log tell nothing.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from tequio.governance.enums import ElectionKind
from tequio.governance.queries.elections import has_voted, status_at
from tequio.governance.views.elections import seen
from tequio.governance.workflows import cast_ballot, right_to_vote
from tequio.kernel.access import open_form, signed_in
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.governance.models import Election

METHODS = ["GET", "HEAD", "POST"]


@signed_in
@sensitive_post_parameters()
@require_http_methods(METHODS)
def ballot(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a member vote, once."""
    election = seen(slug, number)
    if election.kind == ElectionKind.POLL:
        return redirect("governance:paper", slug, number)
    try:
        entry = right_to_vote(election, by=request.user)
    except Refused as refused:
        return told(request, election, "No puedes votar en esta elección", refused, status=403)
    if request.method != "POST" and has_voted(entry):
        why = "Cada quien vota una vez, y el voto no se cambia. Nadie puede ver por quién votaste."
        return told(request, election, "Ya votaste", why)
    return voting(request, election)


@open_form
@sensitive_post_parameters()
@require_http_methods(METHODS)
def paper(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let whoever was handed a code vote with it."""
    election = seen(slug, number)
    if election.kind != ElectionKind.POLL:
        return redirect("governance:ballot", slug, number)
    return voting(request, election)


@sensitive_variables()
def voting(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the ballot, its review, or the receipt."""
    asked = request.POST
    if asked.get("paso") == "depositar":
        return deposit(request, election)
    status = status_at(election, timezone.now())
    if status != "Abierta":
        why = f"Esta votación está: {status.lower()}. Consulta las fechas en su página."
        return told(request, election, "Ahora no se puede votar", why)
    mark, code = asked.get("voto", ""), asked.get("codigo", "").strip()
    marks = {"00", *(each.mark for each in election.candidates.all())}
    errors = []
    if request.method == "POST":
        if election.kind == ElectionKind.POLL:
            try:
                right_to_vote(election, by=request.user, code=code)
            except Refused as refused:
                errors.append(("codigo", str(refused)))
        if mark not in marks:
            errors.append(("voto-00", "Elige una candidatura, o el voto en blanco."))
        if not errors:
            return review(request, election, mark, code)
    return page(request, election, "ballot", {"mark": mark, "voting_code": code, "errors": errors})


def review(request: HttpRequest, election: Election, mark: str, code: str) -> HttpResponse:
    """Show what is about to be cast, and what cannot be undone; the token makes of two taps one vote."""
    shown = {"mark": mark, "voting_code": code, "token": secrets.token_hex(16)}
    return page(request, election, "review", shown)


@sensitive_variables()
def deposit(request: HttpRequest, election: Election) -> HttpResponse:
    """Cast the ballot and show its receipt, which is in this answer and nowhere else with a name."""
    asked = request.POST
    mark, token, code = (asked.get(name, "") for name in ("voto", "clave", "codigo"))
    try:
        receipt = cast_ballot(election, mark=mark, token=token, by=request.user, code=code)
    except Refused as refused:
        return told(request, election, "Tu voto no entró en la urna", refused, status=409)
    return page(request, election, "receipt", {"receipt": receipt})


def page(request: HttpRequest, election: Election, name: str, shown: dict[str, Any]) -> HttpResponse:
    """Render a page of the vote."""
    choices = [(each.mark, each) for each in election.candidates.select_related("registration")]
    words = {"election": election, "choices": choices, "is_poll": election.kind == ElectionKind.POLL, **shown}
    return render(request, f"governance/elections/{name}.html", words)


def told(
    request: HttpRequest, election: Election, title: str, why: str | Refused, *, status: int = 200
) -> HttpResponse:
    """Say in words why there is no ballot here."""
    shown = {"election": election, "heading": title, "why": str(why)}
    return render(request, "governance/elections/no_ballot.html", shown, status=status)
