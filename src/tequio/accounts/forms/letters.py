"""The forms by which anybody writes, and those who answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from tequio.accounts.enums import NoticeKey
from tequio.accounts.forms.privacy import WithNotice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tequio.accounts.models import Jurisdiction, Organization


class LetterForm(WithNotice):
    """To whom, what, and where to answer."""

    notice = NoticeKey.CONTACT

    addressee = forms.ChoiceField(label="A quién le escribes")
    message = forms.CharField(
        label="Tu mensaje",
        help_text="No pongas datos personales tuyos ni de otras personas.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.EmailField(
        label="Tu correo (si quieres la respuesta por correo)",
        help_text="Puede ir vacío: te damos una liga para ver la respuesta.",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, addressees: Mapping[str, Organization | Jurisdiction], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addressees = addressees
        choice = self.fields["addressee"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", "Elige"), *((key, str(whom)) for key, whom in addressees.items())]

    def clean_addressee(self) -> Organization | Jurisdiction:
        """Return whom it is for."""
        return self.addressees[self.cleaned_data["addressee"]]


class LetterAnswerForm(forms.Form):
    """The answer."""

    answer = forms.CharField(
        label="Respuesta",
        help_text="La persona la recibe completa.",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class LetterPublicForm(forms.Form):
    """What is published: the question in other words, without the person, and the answer."""

    question = forms.CharField(
        label="La pregunta, con otras palabras",
        help_text="Sin nombres, correos ni nada que diga quién preguntó.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    public_answer = forms.CharField(
        label="La respuesta que se publica", max_length=5_000, widget=forms.Textarea(attrs={"rows": 8})
    )
