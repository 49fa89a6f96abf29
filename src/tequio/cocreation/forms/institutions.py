"""What somebody who prepares a table writes of its institutions and of what was done so that they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from tequio.accounts.models import Organization
from tequio.cocreation.enums import ApproachKind, ApproachOutcome
from tequio.cocreation.workflows import ApproachDetails, InstitutionDetails
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from tequio.cocreation.models import TableInstitution


class InstitutionForm(forms.Form):
    """An institution: of the directory, or by its name."""

    organization = forms.ModelChoiceField(
        label="Del directorio",
        queryset=Organization.objects.none(),
        required=False,
        empty_label="No está, escribo su nombre",
    )
    other = forms.CharField(label="O su nombre", max_length=300, required=False)
    post = forms.CharField(
        label="Cargo clave",
        max_length=200,
        required=False,
        help_text="Quién decide ahí, por su cargo: «Dirección de Limpia». No escribas nombres de personas.",
    )
    is_competent = forms.BooleanField(
        label="Es competente: sin ella, lo que la mesa acuerde no se puede cumplir", required=False, initial=True
    )
    faculty = forms.CharField(
        label="Qué puede decidir o hacer",
        max_length=300,
        required=False,
        help_text="En un renglón; hace falta si es competente.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Organization.objects.in_force(today())

    @property
    def details(self) -> InstitutionDetails:
        """Return what was written, for the verb."""
        given = dict(self.cleaned_data)
        return InstitutionDetails(name=given.pop("other"), **given)


def written(institution: TableInstitution) -> dict[str, Any]:
    """Return an institution as the form shows it before it is corrected."""
    names = ("organization", "post", "is_competent", "faculty")
    shown = {name: getattr(institution, name) for name in names}
    return {**shown, "other": "" if institution.organization_id else institution.name}


class ApproachForm(forms.Form):
    """What was done so that an institution comes, and what it answered."""

    held_on = forms.DateField(
        label="Qué día",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Escribe el día, como 16/04/2027."},
    )
    kind = forms.ChoiceField(label="Cómo fue", choices=[("", "Elige"), *ApproachKind.choices])
    account = forms.CharField(
        label="Qué se dijo",
        max_length=300,
        help_text="En un renglón, por ejemplo «Oficio 12 entregado en ventanilla». No escribas nombres de personas.",
    )
    outcome = forms.ChoiceField(label="Qué respondió", choices=[("", "Elige"), *ApproachOutcome.choices])

    @property
    def details(self) -> ApproachDetails:
        """Return what was written, for the verb."""
        return ApproachDetails(**self.cleaned_data)
