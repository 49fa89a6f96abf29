"""The forms by which a municipality is accompanied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from tequio.exercises.enums import ContactKind
from tequio.exercises.workflows import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tequio.accounts.models import User
    from tequio.exercises.models import HelpRequest
    from tequio.exercises.queries.accompaniment import Followed

READERS = "Lo leen el personal del órgano garante y el enlace del municipio. No se publica."


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """Return a field for a day, with the calendar that each telephone brings."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


class ContactForm(forms.Form):
    """What is written of a contact with a municipality."""

    kind = forms.ChoiceField(label="Tipo de contacto", choices=[("", "Elige un tipo"), *ContactKind.choices])
    held_on = day_field("Fecha")
    with_whom = forms.CharField(
        label="Con qué cargo",
        help_text="Cargo e institución, sin el nombre: «Titular de la Unidad de Transparencia, Ayuntamiento».",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agreed = forms.CharField(
        label="Qué se trató y acordó",
        help_text=READERS,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    next_step = forms.CharField(
        label="Siguiente paso, si lo hay",
        help_text="Qué sigue y a quién le toca: «Enviarles el modelo de declaración conjunta».",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    next_step_on = day_field(
        "Fecha del siguiente paso", "Ese día aparece en la lista de a quién llamar.", required=False
    )

    def __init__(self, asked: HelpRequest | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asked:
            self.fields["answers"] = forms.BooleanField(
                label="Con este contacto queda atendida su petición de ayuda", help_text=asked.about, required=False
            )

    def told(self) -> Told:
        """Return what was written, as the verb takes it."""
        names = ("held_on", "with_whom", "agreed", "next_step", "next_step_on")
        return Told(kind=ContactKind(self.cleaned_data["kind"]), **{name: self.cleaned_data[name] for name in names})


class OutcomeForm(forms.Form):
    """What came of the next step of a contact."""

    outcome = forms.CharField(
        label="Qué resultó",
        help_text=f"También vale decir que no se hizo y por qué. {READERS}",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class HelpForm(forms.Form):
    """In what a liaison needs help."""

    about = forms.CharField(
        label="¿En qué necesitas ayuda?",
        help_text=f"Con una o dos frases basta; si mencionas a alguien, escribe su cargo. {READERS}",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CompanionForm(forms.Form):
    """Who of the guarantor's staff accompanies a municipality."""

    account = forms.ChoiceField(
        label="Quién acompaña", help_text="El enlace del municipio ve su correo.", required=False
    )

    def __init__(self, staff: Iterable[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {person.username: person for person in staff}
        named = [(name, person.email or "Cuenta sin correo") for name, person in self.staff.items()]
        offer(self.fields["account"], [("", "Nadie por ahora"), *named])

    def clean_account(self) -> User | None:
        """Return the account that was chosen, or nobody."""
        return self.staff.get(self.cleaned_data["account"])


class SharingForm(CompanionForm):
    """Who accompanies each of several municipalities, marked one by one."""

    places = forms.MultipleChoiceField(
        label="Municipios",
        help_text="Marca los que cambian; los demás quedan como están.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Marca por lo menos un municipio."},
    )

    def __init__(self, staff: Iterable[User], places: Iterable[Followed], *args: Any, **kwargs: Any) -> None:
        super().__init__(staff, *args, **kwargs)
        named = [(row.place.slug, f"{row.name} ({row.companion})" if row.companion else row.name) for row in places]
        offer(self.fields["places"], named)


def offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """Give a field the choices that depend on who asks."""
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class QuietForm(forms.Form):
    """After how many days of silence a municipality is to be called."""

    days = forms.IntegerField(
        label="Días sin contacto",
        help_text="Un municipio con un ejercicio vivo entra en la lista de llamadas cuando pasan más días que estos.",
        min_value=1,
        max_value=365,
    )
