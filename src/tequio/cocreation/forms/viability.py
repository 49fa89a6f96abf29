"""The forms of the review of a commitment: asking an office, and its verdict."""

from __future__ import annotations

from django import forms

from tequio.accounts.enums import NoticeKey
from tequio.accounts.forms.privacy import WithNotice
from tequio.cocreation.enums import Aspect, Judgement
from tequio.cocreation.workflows import Asked
from tequio.cocreation.workflows.viability import LONGEST
from tequio.exercises.forms.events import area


class AskForm(WithNotice):
    """Which aspect an office is asked to judge, and where it receives the link."""

    notice = NoticeKey.CONSULTATION

    aspect = forms.ChoiceField(label="Qué se revisa", choices=Aspect.choices, widget=forms.RadioSelect)
    office = forms.CharField(
        label="Quién revisa",
        max_length=300,
        help_text="Institución y cargo, por ejemplo «Dirección Jurídica del Ayuntamiento». Se publica; no escribas el "
        "nombre de una persona.",
    )
    email = forms.EmailField(
        label="Correo al que llega la liga",
        max_length=254,
        help_text="No se publica. Con la liga no hace falta cuenta.",
    )
    due_on = forms.DateField(
        label="Se espera a más tardar",
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Escribe el día, como 16/04/2027."},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    @property
    def asked(self) -> Asked:
        """Return what was written, for the verb."""
        names = ("aspect", "office", "email", "due_on")
        return Asked(**{name: self.cleaned_data[name] for name in names})


class VerdictForm(forms.Form):
    """What an office says of an aspect, and why."""

    judgement = forms.ChoiceField(label="Tu dictamen", choices=Judgement.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label="Razones",
        max_length=LONGEST,
        widget=area(8),
        help_text="Se publican con el nombre de la oficina. Si es viable con cambios, di cuáles; si no, di qué haría "
        "falta.",
    )
