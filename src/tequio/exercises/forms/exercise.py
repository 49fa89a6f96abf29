"""The forms that open an exercise, date its phases, change its method and hand it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from tequio.accounts.models import Jurisdiction, Organization

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from tequio.exercises.queries import Need


class DayInput(forms.DateInput):
    """A day, chosen or typed."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OpeningForm(forms.Form):
    """Where an exercise is opened, under which name and in which years."""

    place = forms.ModelChoiceField(
        label="Lugar", queryset=Jurisdiction.objects.none(), to_field_name="slug", empty_label="Elige el lugar"
    )
    title = forms.CharField(
        label="Nombre del ejercicio",
        max_length=200,
        help_text="Por ejemplo: Ejercicio de Gobierno Abierto, el nombre de tu municipio y los años.",
    )
    first_year = forms.IntegerField(label="Primer año", min_value=2000, max_value=2100)
    last_year = forms.IntegerField(
        label="Último año",
        min_value=2000,
        max_value=2100,
        help_text="El año en que termina su plan. En un municipio el plan dura un año desde que se presenta.",
    )

    def __init__(self, places: QuerySet[Jurisdiction], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["place"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = places


class PhaseDatesForm(forms.Form):
    """From which day to which a phase is planned."""

    starts_on = forms.DateField(label="Empieza", widget=DayInput())
    ends_on = forms.DateField(label="Termina", widget=DayInput())


class WaiverForm(forms.Form):
    """What a phase goes without, and why."""

    requisite = forms.ChoiceField(label="Qué falta y se dispensa")
    reason = forms.CharField(
        label="Motivo",
        help_text="Se publica en la página del ejercicio.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, needs: Iterable[Need], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["requisite"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(need.requisite.key, need.requisite.name) for need in needs]


class MethodForm(forms.Form):
    """Which method is adopted, by which agreement, and in which of its phases the exercise is."""

    phase = forms.ChoiceField(label="Método, y fase en que está el ejercicio")
    agreement = forms.CharField(
        label="Acuerdo que lo adopta",
        help_text="Por ejemplo: Acuerdo 3 de la sesión ordinaria del 8 de junio. Se publica.",
        max_length=300,
    )

    def __init__(self, phases: list[tuple[str, list[tuple[str, str]]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["phase"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = phases


class HandOverForm(forms.Form):
    """Which institution answers for the exercise, and from which day."""

    successor = forms.ModelChoiceField(
        label="Institución que lo recibe",
        queryset=Organization.objects.none(),
        to_field_name="key",
        empty_label="Elige la institución",
    )
    on = forms.DateField(label="Desde el día", widget=DayInput())
    everywhere = forms.BooleanField(
        label="Entregar también los demás ejercicios que acompaña mi institución", required=False
    )

    def __init__(self, guarantors: QuerySet[Organization], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["successor"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = guarantors
