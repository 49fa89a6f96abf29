"""The forms by which a person asks about their own data, and the guarantor's staff answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from tequio.accounts.enums import NoticeKey, RightKind, RightOutcome, RightProof
from tequio.accounts.forms.privacy import WithNotice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tequio.accounts.models import Organization


class RightsForm(WithNotice):
    """Which right, in one's own words, and how one will show who one is."""

    notice = NoticeKey.RIGHTS

    kind = forms.ChoiceField(label="Qué quieres", choices=[("", "Elige un derecho"), *RightKind.choices])
    text = forms.CharField(
        label="Cuéntanos qué pides",
        help_text="Con tus palabras. Di qué dato y dónde lo viste. No pongas datos que no hagan falta.",
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    organization = forms.ChoiceField(label="A qué órgano garante")
    proof = forms.ChoiceField(
        label="Cómo confirmas que eres tú",
        help_text="No pedimos copia de ninguna identificación.",
        choices=[(proof.value, proof.label) for proof in (RightProof.MAIL, RightProof.IN_PERSON)],
    )
    email = forms.EmailField(
        label="Tu correo",
        help_text="Ahí te llegan la liga para confirmar y la respuesta. Si confirmas en persona, puede ir vacío.",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, guarantors: Sequence[Organization], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guarantors = {organization.key: organization for organization in guarantors}
        choice = self.fields["organization"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(key, organization.name) for key, organization in self.guarantors.items()]
        if len(self.guarantors) == 1:  # nothing to choose
            choice.widget, choice.initial = forms.HiddenInput(), next(iter(self.guarantors))

    def clean(self) -> dict[str, Any]:
        """Ask for the address where it is the proof."""
        said = super().clean() or {}
        if said.get("proof") == RightProof.MAIL and not said.get("email") and "email" not in self.errors:
            self.add_error("email", "Escribe tu correo, o elige confirmar en persona.")
        return said

    def clean_organization(self) -> Organization:
        """Return the guarantor that was chosen."""
        return self.guarantors[self.cleaned_data["organization"]]


class AnswerForm(forms.Form):
    """How a request ends, and why."""

    outcome = forms.ChoiceField(label="Resultado", choices=[("", "Elige el resultado"), *RightOutcome.choices])
    answer = forms.CharField(
        label="Respuesta y razones",
        help_text="La persona la recibe completa. Dile qué se hizo, o por qué no se puede y a dónde más acudir.",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class CloseForm(forms.Form):
    """That somebody truly wants their account erased."""

    sure = forms.BooleanField(
        label="Sí, quiero borrar mi cuenta. Sé que no se puede deshacer.",
        error_messages={"required": "Marca la casilla si de verdad quieres borrarla."},
    )
