"""The page on which a titular lets their substitute answer for some days, and takes it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.accounts.views.answers import found
from tequio.governance.enums import SPEAK_FOR_SEAT
from tequio.governance.forms.bodies import DelegationForm
from tequio.governance.queries.delegations import said_in, substitute_for
from tequio.governance.queries.quorum import holders
from tequio.governance.views.answers import allowed, form_page
from tequio.governance.views.bodies import FORM, seat_of_page
from tequio.governance.workflows import delegate_seat, end_delegation
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import attempt

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

USUAL: Final = timedelta(days=6)
"""What is proposed: a week from today, so that one tap is enough."""


@requires(SPEAK_FOR_SEAT)
@require_http_methods(FORM)
def delegate(request: HttpRequest, slug: str, word: str, order: int) -> HttpResponse:
    """Let the substitute answer from one day to another, or end what was said."""
    seat = seat_of_page(request, slug, word, order)
    viewer = allowed(request, SPEAK_FOR_SEAT, seat)
    term = found(holders(seat.body, today()).get(seat.pk))
    said = said_in(seat.exercise, today()).get(term.pk)
    ends = request.POST.get("act") == "end"
    proposed = {"starts_on": today(), "last_on": today() + USUAL}
    form = DelegationForm(None if ends else request.POST or None, initial=proposed)
    if ends and said:
        form = DelegationForm({"starts_on": said.starts_on, "last_on": said.last_on})
    if request.method == "POST" and form.is_valid():
        days, at = form.cleaned_data, timezone.now()
        done = attempt(
            form,
            lambda: (
                end_delegation(said, by=viewer, at=at)
                if ends and said
                else delegate_seat(term, starts_on=days["starts_on"], last_on=days["last_on"], by=viewer, at=at)
            ),
        )
        if done:
            return redirect("governance:bodies", slug)
    substitute = substitute_for(seat, today())
    name = substitute.published_name if substitute else "tu suplente"
    return form_page(
        request,
        form,
        seat.exercise,
        title="Que responda mi suplente",
        lede=f"Esos días, {name} recibe tus pendientes y avisos, y actúa por el asiento en las sesiones. Es público. "
        "Puedes terminarlo cuando quieras.",
        button="Que responda mi suplente",
        template="governance/delegate.html",
        said=said,
        back=f"{seat.exercise.get_absolute_url()}organos/",
    )
