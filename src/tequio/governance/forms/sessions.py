"""The forms that convene a session, change it, conduct it and remark its minutes."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from django import forms

from tequio.governance.enums import CHOICES, Choice, DecisionWay, Mode, SeatRole, SessionKind
from tequio.governance.forms.bodies import lines
from tequio.governance.models import Agreement, Mechanism, Minutes, Programme
from tequio.governance.queries.pages import adoptable
from tequio.governance.workflows import Asked, Meeting, Point

if TYPE_CHECKING:
    from tequio.governance.models import Proposal, Session

HOURED: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*(?:h\b)?\s*(\S.*)")
LOCAL: Final = "%Y-%m-%dT%H:%M"
FIRST_POINTS: Final = (
    "Lista de asistencia y quórum\nInstalación del secretariado\nAprobación del mecanismo de gobernanza\n"
    "Aprobación de la agenda anual de trabajo\nElección de quien facilita\nAsuntos generales"
)
"""What a secretariat's first session does (Guía, paso 3)."""
WHOLE: Final = {"minutes": Minutes, "mechanism": Mechanism, "programme": Programme}


class MeetingForm(forms.Form):
    """When and how a body meets."""

    starts_at = forms.DateTimeField(
        label="Día y hora",
        input_formats=[LOCAL, "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"}),
        help_text="Hora del centro de México.",
    )
    mode = forms.ChoiceField(label="Modalidad", choices=Mode)
    place = forms.CharField(
        label="Lugar", max_length=300, required=False, help_text="Calle, número y sala. Es público."
    )
    link = forms.URLField(
        label="Liga para conectarse",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Solo la reciben quienes integran el órgano.",
    )

    @property
    def meeting(self) -> Meeting:
        """Return the meeting that was written."""
        said = self.cleaned_data
        return Meeting(said["starts_at"], Mode(said["mode"]), said["place"], said["link"])


class ConvocationForm(MeetingForm):
    """A session to convene, with its order of the day."""

    kind = forms.ChoiceField(label="Tipo", choices=SessionKind)
    points = forms.CharField(
        label="Orden del día",
        widget=lines(8),
        max_length=9000,
        help_text="Un punto por línea. Si tiene hora, ponla al principio: 18:15 Lista de asistencia.",
        initial="Lista de asistencia y quórum\nLectura y aprobación del acta anterior\nAcuerdos\nAsuntos generales",
    )
    field_order = ("kind", "starts_at", "mode", "place", "link", "points")

    def clean_points(self) -> list[Point]:
        """Return each point, with its hour if it has one."""
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["points"].splitlines())):
            read = HOURED.fullmatch(line)
            at = dt.time(int(read[1]), int(read[2])) if read else None
            found.append(Point((read[3] if read else line)[:300], at))
        return found


class ChangeForm(MeetingForm):
    """What changes in a session already convened, and why."""

    reason = forms.CharField(label="Por qué cambia", max_length=300, help_text="Se avisa a quienes integran el órgano.")


class ReasonForm(forms.Form):
    """Why something is not done, or is taken away."""

    reason = forms.CharField(label="Por qué", max_length=500, help_text="Es público.")


class NotesForm(forms.Form):
    """What is being written of a session, over the version that was read."""

    notes = forms.CharField(
        label="Notas para el acta",
        required=False,
        max_length=60_000,
        strip=False,
        widget=lines(10),
        help_text="Lo que se trató. Guarda seguido: nada se pierde si se cierra la página.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput())


class ProposalForm(forms.Form):
    """A text to put to the decision of a session."""

    text = forms.CharField(label="Texto del acuerdo", max_length=4000, widget=lines(4))
    way = forms.ChoiceField(label="Cómo se decide", choices=DecisionWay)
    owner = forms.ChoiceField(label="Quién responde por él", required=False)
    due_on = forms.DateField(
        label="Fecha límite",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    adopts = forms.ChoiceField(label="Qué aprueba", required=False, help_text="Al aprobarse, entra en vigor.")

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = session.body.seats.all()
        self.seats = {str(seat.pk): seat for seat in seats if seat.role != SeatRole.SUBSTITUTE}
        self.offer("owner", [("", "Nadie en particular"), *((key, str(seat)) for key, seat in self.seats.items())])
        self.offer("adopts", [("", "Solo lo que dice su texto"), *adoptable(session)])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Give a field its choices."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def asked(self) -> Asked:
        """Return what was put."""
        said = self.cleaned_data
        kind, _, number = said["adopts"].partition(":")
        adopted: dict[str, Any] = {kind: WHOLE[kind]._base_manager.get(pk=number)} if kind else {}
        owner = self.seats.get(said["owner"])
        return Asked(said["text"], DecisionWay(said["way"]), owner, said["due_on"], **adopted)


class AmendForm(forms.Form):
    """Another wording of the text under deliberation."""

    text = forms.CharField(label="Otra redacción", max_length=4000, widget=lines(4))


class PositionForm(forms.Form):
    """What a seat says: one of the choices of the way in which it is decided."""

    choice = forms.ChoiceField()
    reason = forms.CharField(max_length=1000, required=False)
    version = forms.IntegerField()

    def __init__(self, proposal: Proposal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["choice"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(each.value, each.label) for each in CHOICES[proposal.way]]

    @property
    def chosen(self) -> Choice:
        """Return the choice."""
        return Choice(self.cleaned_data["choice"])


class RemarkForm(forms.Form):
    """What somebody who attended says of the draft of the minutes."""

    text = forms.CharField(label="Tu observación", max_length=2000, widget=lines(4))


class AnswerForm(forms.Form):
    """What is answered to a remark."""

    answer = forms.CharField(label="Respuesta", max_length=2000, widget=lines(3))


class RecordingForm(forms.Form):
    """Where the recording of a session is."""

    url = forms.URLField(label="Liga de la grabación", max_length=500, assume_scheme="https")


class FulfilForm(forms.Form):
    """How an agreement was fulfilled, and where the proof is."""

    how = forms.CharField(label="Cómo se cumplió", max_length=2000, widget=lines(4))
    proof_url = forms.URLField(label="Liga a la prueba", max_length=500, required=False, assume_scheme="https")


class CancelForm(forms.Form):
    """The agreement that cancels another."""

    cancelling = forms.ModelChoiceField(Agreement.objects.none(), label="Acuerdo que lo cancela")

    def __init__(self, agreement: Agreement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["cancelling"]
        if isinstance(choice, forms.ModelChoiceField):
            later = Agreement.objects.filter(body=agreement.body, adopted_at__gt=agreement.adopted_at)
            choice.queryset = later.select_related("body")
