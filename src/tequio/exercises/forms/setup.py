"""The forms of setting up an exercise: the day of the installation, and why a step is skipped."""

from __future__ import annotations

from django import forms

from tequio.exercises.forms.exercise import DayInput


class InstallationForm(forms.Form):
    """On which day the secretariat is to be installed."""

    installs_on = forms.DateField(label="¿Qué día quieren instalar el secretariado?", widget=DayInput())


class SkipForm(forms.Form):
    """Why a step is skipped."""

    reason = forms.CharField(
        label="¿Por qué lo saltas?",
        help_text="Lo lee quien acompaña tu municipio. Puedes retomarlo cuando quieras.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
