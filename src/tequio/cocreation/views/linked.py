"""The working page by which who came to a table is invited first to the one that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.accounts.views.answers import found
from tequio.cocreation.enums import PREPARE_TABLE
from tequio.cocreation.forms.tables import InviteForm
from tequio.cocreation.views.answers import answered, table_at_work, work_trail
from tequio.cocreation.views.tables import address_of
from tequio.cocreation.workflows import invite_earlier
from tequio.exercises.queries.events import invited_first
from tequio.kernel.access import requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(PREPARE_TABLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Invite first who came to the earlier table: how many can be told, and until when their places are kept."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE)
    before = found(table.follows)
    form = InviteForm(request.POST or None)
    return answered(
        request,
        form,
        lambda: invite_earlier(table, form.cleaned_data["until"], by=by, at=timezone.now()),
        address_of(table),
        "cocreation/tables/invite.html",
        table=table,
        before=before,
        guests=invited_first(before.event),
        trail=work_trail(table.exercise, table, "Invitar primero"),
    )
