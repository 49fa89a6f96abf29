"""The pages on which those who answer for personal data publish the versions of its notices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.enums import PUBLISH_NOTICE, NoticeKey
from tequio.accounts.forms.privacy import NoticeForm
from tequio.accounts.models import PrivacyNotice
from tequio.accounts.queries import notices_in_force
from tequio.accounts.views.answers import person
from tequio.accounts.workflows import NoticeText, publish_notice
from tequio.kernel.access import requires
from tequio.kernel.refusal import attempt

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(PUBLISH_NOTICE)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show every purpose with its notice in force, or that it has none."""
    found = {notice.key: notice for notice, _ in notices_in_force()}
    return render(
        request, "accounts/privacy/publish_list.html", {"notices": [(key, found.get(key)) for key in NoticeKey]}
    )


@requires(PUBLISH_NOTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Write a new version, see how it will read, and publish it."""
    if key not in NoticeKey.values:
        raise Http404
    current = PrivacyNotice.objects.current(key)
    form = NoticeForm(request.POST or None, initial=NoticeForm.initial_of(current))
    seen: NoticeText | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        seen = NoticeText(NoticeKey(key), said["short"], said["whole"], said["bases"], said["changes"])
        if request.POST.get("que") == "publicar":
            published = attempt(form, partial(publish_notice, seen, by=person(request), at=timezone.now()))
            if published:
                return redirect(published)
    facts = {"form": form, "key": NoticeKey(key), "current": current, "seen": seen}
    return render(request, "accounts/privacy/publish.html", facts)
