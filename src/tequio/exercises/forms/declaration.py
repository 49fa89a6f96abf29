"""The forms of the joint declaration, a step each."""

from __future__ import annotations

from django import forms

from tequio.accounts.enums import NoticeKey, Sector
from tequio.accounts.forms.privacy import WithNotice
from tequio.exercises.forms.exercise import DayInput
from tequio.exercises.queries import ELECTING_SECTORS


class TextForm(forms.Form):
    """The declaration's text."""

    text = forms.CharField(
        label="Texto de la declaración",
        help_text="Cada vez que lo guardas con cambios queda una versión nueva.",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 18}),
    )


class ActForm(forms.Form):
    """Where and when it is to be signed."""

    place = forms.CharField(label="Lugar de la firma", max_length=200)
    act_on = forms.DateField(label="Día previsto", widget=DayInput())


class SignatoryForm(WithNotice):
    """Who signs for a sector."""

    notice = NoticeKey.PUBLIC_ROLE

    sector = forms.ChoiceField(label="Sector", choices=[(each.value, each.label) for each in ELECTING_SECTORS])
    represents = forms.CharField(label="Institución u organización", max_length=300)
    name = forms.CharField(
        label="Nombre de quien firma",
        required=False,
        max_length=200,
        help_text="Se publica. De la sociedad civil, escríbelo solo si la persona está de acuerdo.",
    )
    post = forms.CharField(label="Cargo", required=False, max_length=200)

    def clean_sector(self) -> Sector:
        """Return the sector that was chosen."""
        return Sector(self.cleaned_data["sector"])


class DocumentForm(WithNotice):
    """The signed document."""

    notice = NoticeKey.PUBLIC_ROLE

    document = forms.FileField(
        label="Documento firmado",
        help_text="Un PDF o una foto (JPG o PNG), de a lo más 10 MB. Toma la foto de frente, con luz y sin sombras.",
    )


class SigningForm(forms.Form):
    """The day on which all signed."""

    signed_on = forms.DateField(label="Día en que se firmó", widget=DayInput())
