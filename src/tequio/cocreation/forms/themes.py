"""The forms with which a theme is proposed, approved and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from tequio.cocreation.workflows.themes import ThemePlan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tequio.governance.models import Agreement


def lines(rows: int) -> forms.Textarea:
    """Return a box of some lines."""
    return forms.Textarea(attrs={"rows": rows})


class ThemeForm(forms.Form):
    """What a theme is, why, and with what it is aligned."""

    title = forms.CharField(label="Nombre de la temática", max_length=200, help_text="Corto, como «Movilidad».")
    justification = forms.CharField(
        label="Por qué se propone",
        max_length=5000,
        widget=lines(6),
        help_text="Qué problema público hay detrás y a quiénes afecta. Con datos, si los tienes.",
    )
    plan_document = forms.CharField(
        label="Plan de desarrollo en vigor",
        max_length=300,
        required=False,
        help_text="Nombre completo del documento. Hace falta para aprobar la temática.",
    )
    plan_alignment = forms.CharField(
        label="Con qué se alinea de ese plan",
        max_length=3000,
        widget=lines(3),
        required=False,
        help_text="Pilar, eje, objetivo o estrategia, como los nombra el documento.",
    )
    targets = forms.CharField(
        label="Metas de los Objetivos de Desarrollo Sostenible",
        max_length=200,
        required=False,
        help_text="Sus claves, separadas por comas, como 16.6, 11.3. La lista está abajo.",
    )
    table_place = forms.CharField(label="Sede propuesta de su mesa", max_length=200, required=False)
    table_dates = forms.CharField(
        label="Fechas propuestas de su mesa", max_length=200, required=False, help_text="Una o varias, con palabras."
    )

    @property
    def plan(self) -> ThemePlan:
        """Return what was written, for the verb."""
        given = dict(self.cleaned_data)
        return ThemePlan(name=given.pop("title"), **given)


class ApprovalForm(forms.Form):
    """By which agreement of the secretariat a theme was approved."""

    agreement = forms.ChoiceField(
        label="Acuerdo que la aprobó",
        widget=forms.RadioSelect,
        error_messages={"required": "Elige el acuerdo.", "invalid_choice": "Elige un acuerdo de la lista."},
    )

    def __init__(self, agreements: Iterable[Agreement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreements = {each.code: each for each in agreements}
        field = self.fields["agreement"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, f"{each}: {each.proposal.text[:120]}") for code, each in self.agreements.items()]

    @property
    def chosen(self) -> Agreement:
        """Return the agreement, for the verb."""
        return self.agreements[self.cleaned_data["agreement"]]


class ReasonForm(forms.Form):
    """Why something is withdrawn."""

    reason = forms.CharField(
        label="Por qué se retira", max_length=1000, widget=lines(3), help_text="No escribas datos personales."
    )
