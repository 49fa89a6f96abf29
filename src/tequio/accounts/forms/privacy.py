"""How a form that asks for personal data shows its notice, and asks to accept it where consent is what allows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms

from tequio.accounts.models import PrivacyNotice

if TYPE_CHECKING:
    from tequio.accounts.enums import NoticeKey

TITLE: Final = re.compile(r"^#\s+(.+)$", re.MULTILINE)


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


class NoticeForm(forms.Form):
    """A new version of a notice, from the one in force: its parts begin with «# » and their title."""

    short = forms.CharField(
        label="Aviso corto",
        help_text="Se lee junto al formulario: qué se usa, para qué y si se publica.",
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    whole = forms.CharField(
        label="Aviso completo",
        help_text="Empieza cada parte con # y su título, en un renglón. Separa los párrafos con un renglón vacío.",
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    bases = forms.CharField(
        label="En qué se funda",
        help_text="Un fundamento por renglón. Después de | escribe quién lo revisó y cuándo, o «sin confirmar».",
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    changes = forms.CharField(
        label="Qué cambió",
        help_text="Se publica junto a la versión. La primera no lo necesita.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_whole(self) -> tuple[tuple[str, str], ...]:
        """Return the parts, each with its title."""
        text: str = self.cleaned_data["whole"].replace("\r\n", "\n")
        before, *rest = TITLE.split(text)
        if before.strip():
            raise forms.ValidationError("Empieza con una parte: # y su título, en el primer renglón.")
        parts = tuple((title.strip(), body.strip()) for title, body in zip(rest[::2], rest[1::2], strict=True))
        if empty := [title for title, body in parts if not body]:
            raise forms.ValidationError(f"La parte «{empty[0]}» no tiene texto.")
        return parts

    def clean_bases(self) -> tuple[tuple[str, str], ...]:
        """Return each ground with its certainty."""
        lines = (line.partition("|") for line in self.cleaned_data["bases"].splitlines() if line.strip())
        return tuple((text.strip(), certainty.strip() or "sin confirmar") for text, _, certainty in lines)

    @staticmethod
    def initial_of(notice: PrivacyNotice | None) -> dict[str, str]:
        """Return what a version says, as the form writes it."""
        if notice is None:
            return {}
        return {
            "short": notice.short,
            "whole": "\n\n".join(f"# {title}\n\n{text}" for title, text in notice.sections),
            "bases": "\n".join(f"{text} | {certainty}" for text, certainty in notice.bases),
        }
