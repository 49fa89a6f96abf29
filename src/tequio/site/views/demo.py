"""The demo's people: anyone enters as one of them with a button, to try what each can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tequio.kernel.access import open_form
from tequio.site.queries.demo import people_to_try
from tequio.site.views.mailbox import refuse_outside_the_demo

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ENTRANCE = "tequio.accounts.adapters.Entrance"


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def demonstration(request: HttpRequest) -> HttpResponse:
    """List who can be tried, and enter as one of them; outside the demo there is no such page."""
    refuse_outside_the_demo()
    people = people_to_try()
    if request.method == "POST":
        chosen = next((each for each in people if each.part.key == request.POST.get("persona")), None)
        if chosen is None:
            raise Http404
        login(request, chosen.account, backend=ENTRANCE)
        return redirect(chosen.first)
    return render(request, "site/demonstration.html", {"people": people, "now": request.user})
