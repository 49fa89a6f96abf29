"""The page where an operator sees how the mail is set up, tries it and reads where it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.accounts.enums import TRY_MAIL
from tequio.accounts.views.answers import unless_refused
from tequio.accounts.workflows import try_mail
from tequio.kernel.access import requires
from tequio.kernel.components import Fact
from tequio.site.queries.health import waiting_mail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(TRY_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_test(request: HttpRequest) -> HttpResponse:
    """Show the set-up without secrets and, when asked, what was said while sending a test."""
    told = {"setup": setup(), "has_server": bool(settings.EMAIL_HOST), "is_demo": settings.DEMO}

    def show() -> HttpResponse:
        tried = {"dialogue": try_mail(by=request.user, at=timezone.now()), "is_tried": True}
        return render(request, "site/mail_test.html", told | tried | {"outbox": waiting_mail()})

    if request.method == "POST":
        return unless_refused(request, show)
    return render(request, "site/mail_test.html", told | {"outbox": waiting_mail()})


def setup() -> list[Fact]:
    """Return how the mail is set up; of user and password, only whether there are any."""
    if not settings.EMAIL_HOST:
        return [Fact("Servidor", "Ninguno"), Fact("Remitente", settings.DEFAULT_FROM_EMAIL)]
    coded = "TLS desde el inicio" if settings.EMAIL_USE_SSL else "STARTTLS" if settings.EMAIL_USE_TLS else "Ninguno"
    return [
        Fact("Servidor", settings.EMAIL_HOST),
        Fact("Puerto", str(settings.EMAIL_PORT)),
        Fact("Cifrado", coded),
        Fact("Usuario y contraseña", "Sí" if settings.EMAIL_HOST_USER else "No"),
        Fact("Remitente", settings.DEFAULT_FROM_EMAIL),
    ]
