"""The form of the final definition of a commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from tequio.accounts.models import Organization
from tequio.exercises.forms.events import area
from tequio.kernel.clock import today
from tequio.plans.workflows import Definition
from tequio.plans.workflows.defining import LONGEST_NAME, LONGEST_PROMISE

if TYPE_CHECKING:
    from tequio.cocreation.queries.viability import Path
    from tequio.exercises.models import Exercise


class DefinitionForm(forms.Form):
    """What the commitment says when it enters the plan, and who answers for it."""

    title = forms.CharField(label="Nombre del compromiso", max_length=LONGEST_NAME)
    promise = forms.CharField(
        label="Nos comprometemos a…",
        max_length=LONGEST_PROMISE,
        widget=area(8),
        help_text="Empieza con el texto de la mesa. Si un dictamen pidió cambios, hazlos aquí: se publica qué cambió.",
    )
    responsible = forms.ModelChoiceField(
        label="Institución responsable", queryset=Organization.objects.none(), empty_label="Elige una institución"
    )
    others = forms.ModelMultipleChoiceField(
        label="Otras instituciones que participan (opcional)", queryset=Organization.objects.none(), required=False
    )
    counterpart = forms.CharField(
        label="Contraparte de la sociedad civil (opcional)",
        max_length=300,
        required=False,
        help_text="La organización que acompaña su cumplimiento. Si todavía no se sabe, se elige en la hoja de ruta.",
    )

    def __init__(self, *args: Any, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = exercise.jurisdiction
        near = Organization.objects.in_force(today()).filter(jurisdiction__in=[place.pk, place.parent_id or place.pk])
        for name in ("responsible", "others"):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = near.order_by("name")

    @property
    def definition(self) -> Definition:
        """Return what was written, for the verb."""
        given = self.cleaned_data
        return Definition(
            name=given["title"],
            promise=given["promise"],
            responsible=given["responsible"],
            others=tuple(given["others"]),
            counterpart=given["counterpart"],
        )


def begun(path: Path) -> dict[str, Any]:
    """Return the definition as it starts: with the text that the table closed."""
    text = path.text
    return {"title": text.title, "promise": text.definitive_commitment or text.text} if text else {}
