"""The forms of passkeys, over those of the sign-in library: what a browser's key answers comes as JSON from anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from allauth.mfa.webauthn import forms as library
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError

from tequio.accounts.enums import NoticeKey
from tequio.accounts.forms.door import explain

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

UNKNOWN: Final = "No pudimos comprobar la llave. Inténtalo otra vez, o usa otra forma."
ODD: Final = (AttributeError, KeyError, TypeError, ValueError, InvalidSignature)


class NewKeyForm(library.AddWebAuthnForm):
    """A key that this browser has just made, which will also enter by itself."""

    notice: ClassVar = NoticeKey.ACCOUNT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        explain(self.fields["name"], "Nombre de la llave", "Para que la reconozcas, por ejemplo «Mi teléfono».")
        self.fields["name"].max_length = 60

    def clean(self) -> dict[str, Any]:
        """Refuse what is no key, in words."""
        try:
            return dict(super().clean())
        except ODD as odd:
            raise ValidationError(UNKNOWN) from odd
        except ValidationError as wrong:
            raise ValidationError(UNKNOWN) from wrong


class _Proof(library.AuthenticateWebAuthnForm):
    """What a key answers when it is asked."""

    def clean_credential(self) -> Authenticator:
        """Return the key that answered; refuse what is none, in words."""
        try:
            return super().clean_credential()
        except ODD as odd:
            raise ValidationError(UNKNOWN) from odd
        except ValidationError as wrong:
            if wrong.code == "incorrect_code":
                raise ValidationError(UNKNOWN) from wrong
            raise


class KeyForm(_Proof):
    """A key as the second step of entry."""


class KeyEntryForm(_Proof, library.LoginWebAuthnForm):
    """A key that enters by itself."""


class KeyProofForm(_Proof, library.ReauthenticateWebAuthnForm):
    """A key, asked again before something delicate."""
