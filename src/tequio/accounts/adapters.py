"""What the sign-in library asks of us: names of accounts, how long a session lasts, secrets kept unreadable."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING, Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User

SHARED: Final = "shared_computer"
SHARED_SECONDS: Final = 20 * 60


def limit_session(session: SessionBase) -> None:
    """End the session of a shared computer after twenty minutes, that of one's own after a month."""
    session.set_expiry(SHARED_SECONDS if session.get(SHARED) else settings.SESSION_COOKIE_AGE)


class Entrance(AuthenticationBackend):
    """Reads the account of each request, and in the same query whether it has a second step and a proven address."""

    def get_user(self, user_id: int) -> User | None:
        """Return the account of a session; a closed one has none."""
        steps = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        accounts = get_user_model().objects.annotate(has_second_step=Exists(steps), has_proven_address=Exists(proven))
        found: User | None = accounts.filter(pk=user_id, is_active=True).first()
        return found


def showed_second_step(request: HttpRequest, user: User) -> bool:
    """Whether a second step is on and was given in this session; a demo on one's own machine asks for none."""
    given = any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
    return settings.DEMO or (given and getattr(user, "has_second_step", False))


class Accounts(DefaultAccountAdapter):
    """How people enter; an account's name says nothing of its person, for it stands in histories."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "No es el código que enviamos. Revísalo, o pide otro.",
        "email_password_mismatch": "El correo y la contraseña no corresponden. También puedes entrar con un código.",
        "too_many_login_attempts": "Hubo demasiados intentos. Espera unos minutos y pide otro código.",
    }

    def generate_unique_username(self, _texts: Iterable[str], _pattern: str | None = None) -> str:
        """Return a name that is nobody's."""
        return f"cuenta-{secrets.token_hex(6)}"

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        """Limit the session as the person asked."""
        limit_session(request.session)
        response: HttpResponse = super().post_login(request, user, **told)
        return response

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Return the ways to show again that it is oneself; who has none is led to enter with a mailed code."""
        known: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if known or not user.is_authenticated:
            return known
        return [{"id": "enter_again", "description": "Entrar con un código", "url": reverse("enter_again")}]

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Keep what a person must know; the page that follows a success says it by itself."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)


class SecondStep(DefaultMFAAdapter):
    """The second step's secrets: whoever copies the database alone cannot make anybody's codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "No es el código que tu aplicación muestra ahora. Espera a que cambie y escríbelo otra vez.",
    }

    def generate_authenticator_name(self, user: User, *_kind: Any, **_told: Any) -> str:
        """Return a name for a new key."""
        others = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count()
        return f"Llave {others + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return for which site a key is: its host, and the name that the browser shows."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Return whose a key is: the browser shows the address, for an account's name says nothing."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.email}

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret as it was."""
        return cipher().decrypt(encrypted_text.encode()).decode()


def cipher() -> Fernet:
    """Return a cipher whose key comes from SECRET_KEY, for this use only."""
    key = hashlib.scrypt(settings.SECRET_KEY.encode(), salt=b"tequio.accounts.second-step", n=2**12, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(key))
