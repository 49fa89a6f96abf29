"""How a form that asks for personal data shows its notice, and asks to accept it where consent is what allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from tequio.accounts.models import PrivacyNotice

if TYPE_CHECKING:
    from tequio.accounts.enums import NoticeKey


class WithNotice(forms.Form):
    """A form that shows its privacy notice: `accounts/form_page.html` puts it above the button."""

    notice: ClassVar[NoticeKey]


class WithConsent(WithNotice):
    """A form that must not be sent without accepting its notice; cleaned, `consent` is the version that was read.

    The box carries the number of the version, so that nobody accepts one published while they wrote.
    """

    consent = forms.BooleanField(
        label="Leí el aviso de privacidad y acepto que se usen mis datos para lo que dice.",
        error_messages={"required": "Sin tu consentimiento no podemos usar estos datos."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice_in_force = PrivacyNotice.objects.current(self.notice)
        self.fields["consent"].widget.attrs["value"] = self.notice_in_force.version if self.notice_in_force else 0
        self.order_fields([*(name for name in self.fields if name != "consent"), "consent"])

    def clean_consent(self) -> PrivacyNotice:
        """Return the version that was accepted, if it is still the one in force."""
        if self.notice_in_force is None:
            raise forms.ValidationError("Todavía no se publica el aviso de este formulario. Vuelve más tarde.")
        if self.data.get(self.add_prefix("consent")) != str(self.notice_in_force.version):
            raise forms.ValidationError("El aviso cambió mientras escribías. Léelo de nuevo y acéptalo.")
        return self.notice_in_force
