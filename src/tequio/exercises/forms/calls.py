"""The forms with which a call is prepared, given more time and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from tequio.accounts.enums import Sector
from tequio.exercises.workflows import CallTerms

if TYPE_CHECKING:
    from datetime import datetime

TO_THE_MINUTE: Final = "%Y-%m-%dT%H:%M"
SECTORS: Final = {
    Sector.PUBLIC_BODIES: "Pueden inscribirse entes públicos",
    Sector.CIVIL_SOCIETY: "Pueden inscribirse organizaciones de la sociedad civil",
    Sector.CITIZENS: "Pueden inscribirse personas a título personal",
}


def instant(label: str, help_text: str = "") -> forms.DateTimeField:
    """Return a field for a day and an hour, picked or typed."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TO_THE_MINUTE)
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


def long_text(label: str, help_text: str, longest: int, rows: int = 4) -> forms.CharField:
    """Return a field for some lines of text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=longest, widget=widget)


class CallForm(forms.Form):
    """What a call says; it comes filled with the model of its kind."""

    title = forms.CharField(label="Título", max_length=300)
    opens_at = instant("Abre", "Hora del centro de México.")
    closes_at = instant("Cierra", "A esa hora exacta deja de recibir solicitudes.")
    public_bodies = forms.BooleanField(label=SECTORS[Sector.PUBLIC_BODIES], required=False)
    civil_society = forms.BooleanField(label=SECTORS[Sector.CIVIL_SOCIETY], required=False)
    citizens = forms.BooleanField(label=SECTORS[Sector.CITIZENS], required=False)
    bases = long_text(
        "Bases",
        "Donde dice {abre} y {cierra} se leen siempre las fechas de arriba. Deja una línea en blanco entre párrafos.",
        20_000,
        rows=18,
    )
    requirements = long_text("Requisitos", "Uno en cada renglón.", 5_000, rows=8)

    def __init__(self, terms: CallTerms, *args: Any, **kwargs: Any) -> None:
        told = {name: getattr(terms, name) for name in ("title", "opens_at", "closes_at", "bases", "requirements")}
        kwargs["initial"] = told | {sector.value: sector in terms.sectors for sector in SECTORS}
        super().__init__(*args, **kwargs)

    def terms(self) -> CallTerms:
        """Return what was written, as the verbs take it."""
        written = self.cleaned_data
        return CallTerms(
            title=written["title"],
            bases=written["bases"],
            requirements=written["requirements"],
            sectors=tuple(sector.value for sector in SECTORS if written[sector.value]),
            opens_at=written["opens_at"],
            closes_at=written["closes_at"],
        )


class ExtensionForm(forms.Form):
    """A later close, and why."""

    closes_at = instant("Nuevo cierre", "Debe ser posterior al actual.")
    reason = long_text("Motivo", "Se publica junto a la nueva fecha. No escribas datos personales.", 500)

    def __init__(self, closes_at: datetime | None, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"closes_at": closes_at}
        super().__init__(*args, **kwargs)


class OutcomeForm(forms.Form):
    """What came of a call, or why it ends before its time."""

    outcome = long_text(
        "Qué resultó, o por qué termina antes",
        "Se publica. Por ejemplo: «Se inscribieron 24 miembros de los tres sectores». No escribas datos personales.",
        1_000,
    )
