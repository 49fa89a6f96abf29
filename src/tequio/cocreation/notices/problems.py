"""What somebody who proposed or supported a problem is told by mail.

No key names a problem or a person: once the text is sent and wiped, no receipt of the outbox leads from an address to
what it proposed or supported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from tequio.cocreation.queries.problems import address_hash, support_token_of, token_of
from tequio.kernel.clock import day_of
from tequio.kernel.mail import post

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.cocreation.models import Problem

SALT: Final = "tequio.cocreation.notice"


def tell_to_confirm(problem: Problem, *, at: datetime) -> bool:
    """Send the link by which a proposal is confirmed, followed and taken back."""
    key = f"propuesta:{_digest(problem.code)}"
    return _post(problem, "confirm", key, problem.email, own_page(problem), "Confirma tu propuesta", at=at)


def tell_answered(problem: Problem, *, at: datetime) -> bool:
    """Tell who proposed a problem what became of it; nothing where their address is gone."""
    if not problem.email:
        return False
    key = f"propuesta:{_digest(problem.code)}:{at:%Y%m%d%H%M%S%f}"
    return _post(problem, "answered", key, problem.email, own_page(problem), "Qué pasó con tu propuesta", at=at)


def tell_to_support(problem: Problem, email: str, *, at: datetime) -> bool:
    """Send the link by which a support is confirmed and taken back, once a day for each problem."""
    key = f"apoyo:{_digest(f'{address_hash(problem, email)}:{day_of(at)}')}"
    path = reverse("cocreation:support", args=[problem.exercise.slug, support_token_of(problem, email)])
    return _post(problem, "support", key, email, settings.SITE_ADDRESS + path, "Confirma tu apoyo", at=at)


def own_page(problem: Problem) -> str:
    """Return the secret address of a proposal."""
    path = reverse("cocreation:own_problem", args=[problem.exercise.slug, token_of(problem)])
    return settings.SITE_ADDRESS + path


def _digest(words: str) -> str:
    return salted_hmac(SALT, words, algorithm="sha256").hexdigest()[:32]


def _post(problem: Problem, what: str, key: str, email: str, address: str, subject: str, *, at: datetime) -> bool:
    words = {"problem": problem, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string(f"cocreation/email/problem_{what}.txt", words)
    return post(key, email, subject, body, at=at, urgent=what != "answered")
