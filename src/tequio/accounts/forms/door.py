"""The forms at the door, over those of the sign-in library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as library
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

from tequio.accounts.adapters import SHARED, limit_session
from tequio.accounts.enums import NoticeKey

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MAIL = "Correo electrónico"
CODE_HELP = "Está en el mensaje que te enviamos. Las mayúsculas no importan."
LONG_ENOUGH = "Al menos 12 caracteres. Una frase es buena idea."


def shared_computer() -> forms.BooleanField:
    """Return the box that says that others use this computer."""
    return forms.BooleanField(
        label="Es un equipo compartido",
        help_text="Por ejemplo, el de un cibercafé o de tu oficina. La sesión se cierra sola a los 20 minutos.",
        required=False,
    )


def explain(field: forms.Field, label: str, help_text: str = "") -> None:
    """Give a field of the library our words, and no words inside the box, which vanish as one types."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class RequestCodeForm(library.RequestLoginCodeForm):
    """Whom to send a code of entry."""

    notice = NoticeKey.ACCOUNT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["email"], MAIL, "Te enviaremos un código para entrar. No necesitas contraseña.")


class EntryCodeForm(library.ConfirmLoginCodeForm):
    """The code that came by mail, and whose computer this is."""

    shared = shared_computer()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["code"], "Código", CODE_HELP)


class PasswordEntryForm(library.LoginForm):
    """Mail and password, for who set a password."""

    shared = shared_computer()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["login"], MAIL)
        explain(self.fields["password"], "Contraseña")

    def _setup_password_field(self) -> None:
        """Keep the password, though accounts are opened without one."""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Enter; a shared computer's session is short."""
        request.session[SHARED] = self.cleaned_data["shared"]
        response: HttpResponse = super().login(request, redirect_url)
        limit_session(request.session)  # the library has just given it a month
        return response


class OpenAccountForm(library.SignupForm):
    """Opening an account takes a mail address and nothing else."""

    notice = NoticeKey.ACCOUNT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(
            self.fields["email"], MAIL, "Solo lo usamos para que entres y para avisarte de lo que pidas. No se publica."
        )


class MailCodeForm(library.ConfirmEmailVerificationCodeForm):
    """The code that shows that an address is one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["code"], "Código", CODE_HELP)


class ProofRequestForm(library.RequestReauthenticationCodeForm):
    """The wish for a code, which goes to the account's own address: there is nothing to choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recipient = self.fields["recipient"]
        recipient.initial = next((value for value, _ in recipient.choices), "")
        recipient.widget = forms.HiddenInput()


class ProofCodeForm(library.ConfirmReauthenticationCodeForm):
    """The code asked again before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["code"], "Código", CODE_HELP)


class NewPasswordForm(library.SetPasswordForm):
    """A first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["password1"], "Contraseña nueva", LONG_ENOUGH)
        explain(self.fields["password2"], "Contraseña nueva, otra vez")


class ChangePasswordForm(library.ChangePasswordForm):
    """Another password, for who knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["oldpassword"], "Contraseña actual")
        explain(self.fields["password1"], "Contraseña nueva", LONG_ENOUGH)
        explain(self.fields["password2"], "Contraseña nueva, otra vez")


class PasswordProofForm(library.ReauthenticateForm):
    """The password, asked again before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["password"], "Contraseña")


class NewMailForm(library.AddEmailForm):
    """Another mail address for an account."""

    notice = NoticeKey.ACCOUNT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["email"], "Correo nuevo", "Te enviaremos un código para comprobar que es tuyo.")


class SecondStepForm(AuthenticateForm):
    """The second step of entry."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["code"], "Código de tu aplicación", "O uno de tus códigos de respaldo.")


class SecondStepProofForm(ReauthenticateForm):
    """The second step, asked again before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["code"], "Código de tu aplicación", "O uno de tus códigos de respaldo.")


class ActivateForm(ActivateTOTPForm):
    """The first code of an application, which shows that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["code"], "Código que muestra tu aplicación", "Seis cifras; cambian cada 30 segundos.")
