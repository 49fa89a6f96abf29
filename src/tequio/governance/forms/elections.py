"""The forms with which an election is prepared, called and annulled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from tequio.accounts.enums import NoticeKey, Sector
from tequio.accounts.forms.privacy import WithNotice
from tequio.exercises.models import Exercise, Registration
from tequio.governance.enums import ElectionKind, Fills, TieBreak, WinningMajority
from tequio.governance.workflows import Terms

if TYPE_CHECKING:
    from tequio.governance.models import Election

NOT_ASKED: Final[dict[str, tuple[str, ...]]] = {
    ElectionKind.REPRESENTATIVES: (),
    ElectionKind.FACILITATOR: ("sector", "fills", "seats"),
    ElectionKind.POLL: ("sector", "fills", "seats", "majority", "accepts_single"),
}


class Moment(forms.DateTimeInput):
    """A day and an hour that a telephone's own picker writes."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class TermsForm(forms.Form):
    """What an election asks, of whom, until when and by which rules; each kind asks only what it needs."""

    question = forms.CharField(label="Qué se elige", help_text="Es el título de la boleta.", max_length=200)
    sector = forms.ChoiceField(
        label="Sector que vota", choices=Sector, help_text="Votan sus miembros inscritos que tienen cuenta."
    )
    fills = forms.ChoiceField(
        label="Qué asientos se llenan",
        choices=Fills,
        help_text="Si son los dos: la candidatura más votada y la siguiente.",
    )
    seats = forms.IntegerField(
        label="Cuántos lugares",
        help_text="Si eliges titular y suplente, son dos: uno de cada uno.",
        min_value=1,
        max_value=20,
        initial=1,
    )
    opens_at = forms.DateTimeField(label="Abre", help_text="Hora del centro de México.", widget=Moment())
    closes_at = forms.DateTimeField(
        label="Cierra", help_text="A esta hora ya no se vota, y los votos se cuentan solos.", widget=Moment()
    )
    majority = forms.ChoiceField(
        label="Cómo se gana",
        help_text="La mitad se cuenta sin los votos en blanco.",
        choices=WinningMajority,
        initial=WinningMajority.SIMPLE,
    )
    tie_rule = forms.ChoiceField(label="Si hay empate", choices=TieBreak, initial=TieBreak.LOT)
    accepts_single = forms.BooleanField(
        label="Aceptar una sola candidatura",
        help_text="Si nadie más se presenta, gana cuando recibe más votos que los votos en blanco.",
        required=False,
    )
    explanation = forms.CharField(
        label="Explicación (opcional)",
        help_text="Qué hará quien gane, y lo que convenga saber antes de votar.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in NOT_ASKED[kind]:
            del self.fields[name]

    def terms(self) -> Terms:
        """Return what was written."""
        return Terms(kind=self.kind, **self.cleaned_data)


class CandidateForm(WithNotice):
    """Who stands, with their consent; in a poll, one of its options."""

    notice = NoticeKey.ELECTION
    name = forms.CharField(label="Nombre en la boleta", max_length=200)
    registration = forms.ModelChoiceField(
        label="Miembro inscrito que la propone (opcional)",
        queryset=Registration.objects.none(),
        required=False,
        empty_label="Ninguno en particular",
    )
    presentation = forms.CharField(
        label="Presentación (opcional)",
        help_text="Hasta 600 letras. Todas las candidaturas tienen el mismo espacio.",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    has_consent = forms.BooleanField(
        label="La persona aceptó ser candidata y que se publiquen su nombre y su presentación", required=False
    )

    def __init__(self, election: Election, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Registration.objects.filter(exercise=election.exercise, sector=election.sector)
        choice = self.fields["registration"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = members
        if election.kind != ElectionKind.REPRESENTATIVES:
            del self.fields["registration"]
        if election.kind == ElectionKind.POLL:
            self.fields["name"].label = "Opción"
            del self.fields["has_consent"]


class CallForm(forms.Form):
    """How many codes are handed out, in a poll; elsewhere, nothing but the decision."""

    codes = forms.IntegerField(
        label="Cuántas papeletas se reparten",
        help_text="Una por asistente. Se muestran una sola vez: ten lista la impresora.",
        min_value=1,
    )

    def __init__(self, election: Election, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if election.kind != ElectionKind.POLL or election.previous_id:
            del self.fields["codes"]


class AnnulForm(forms.Form):
    """Why an election is annulled."""

    reason = forms.CharField(
        label="Por qué se anula",
        help_text="Se publica. No escribas datos personales.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def first_question(kind: str, exercise: Exercise) -> str:
    """Return a title to begin with."""
    if kind == ElectionKind.FACILITATOR:
        return f"Facilitación del secretariado técnico de {exercise.jurisdiction}"
    return "" if kind == ElectionKind.POLL else "Representantes de sociedad civil"
