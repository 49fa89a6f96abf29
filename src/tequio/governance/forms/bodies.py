"""The forms that install a body, fill its seats and write its rules."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import Q

from tequio.accounts.enums import NoticeKey, Sector
from tequio.accounts.forms.privacy import WithNotice
from tequio.accounts.models import Organization
from tequio.governance.enums import BodyKind, DecisionWay, Majority, QuorumKind, SeatRole
from tequio.governance.models import Agreement
from tequio.governance.queries.proposed import registered_in
from tequio.governance.workflows import Holder, Rules

if TYPE_CHECKING:
    from tequio.governance.models import Body, Seat

DATED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})[\s:.-]+(\S.*)")
ACT_HELP: Final = "Por ejemplo: «Acta de elección del sector, 4 de octubre de 2026». Es público."


def lines(rows: int) -> forms.Textarea:
    """Return a box of some lines."""
    return forms.Textarea(attrs={"rows": rows})


def day_input() -> forms.DateInput:
    """Return a day that a telephone's own picker writes."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class BodyForm(forms.Form):
    """Which body to install, with how many seats of each sector."""

    kind = forms.ChoiceField(label="Órgano", choices=BodyKind)
    title = forms.CharField(label="Nombre", max_length=200)
    acronym = forms.CharField(label="Siglas", max_length=20, required=False, help_text="Por ejemplo, STM.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sector in Sector:
            self.fields[sector.value] = forms.IntegerField(
                label=f"Asientos de {sector.label}",
                min_value=0,
                max_value=20,
                initial=0 if sector == Sector.CITIZENS else 1,
                help_text="Cada uno con titular y suplente.",
            )

    @property
    def sectors(self) -> list[Sector]:
        """Return the sector of each seat asked for."""
        return [sector for sector in Sector for _ in range(self.cleaned_data[sector.value])]


class HolderForm(WithNotice):
    """Who holds a seat from today, and by which act."""

    notice = NoticeKey.PUBLIC_ROLE

    name = forms.CharField(label="Nombre", max_length=200, help_text="Se publica, con su cargo: es un papel público.")
    post = forms.CharField(label="Cargo", max_length=300, required=False)
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label="Institución u organización", required=False, empty_label="Ninguna"
    )
    act = forms.CharField(label="Por qué acto", max_length=300, help_text=ACT_HELP)
    email = forms.EmailField(
        label="Correo de la persona",
        required=False,
        max_length=254,
        help_text="Le llega una liga para actuar con su cuenta. Sin correo, quien conduce anota lo que diga.",
    )

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = seat.exercise.jurisdiction
        registered = registered_in(seat)
        near = Q(jurisdiction__in=[place.pk, *([place.parent_id] if place.parent_id else [])])
        choice = self.fields["organization"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = Organization.objects.filter(near | Q(pk__in=registered.values("pk")))
            first = [(each.pk, str(each)) for each in registered]
            others = [(each.pk, str(each)) for each in choice.queryset if (each.pk, str(each)) not in first]
            if first:  # who answered the call of this sector stands first
                choice.choices = [("", "Ninguna"), ("Inscritas en su sector", first), ("Otras", others)]
        if seat.role == SeatRole.FACILITATOR:
            self.fields["agreement"] = forms.ModelChoiceField(
                Agreement.objects.filter(body=seat.body).select_related("body"),
                label="Acuerdo que la elige",
                required=False,
                empty_label="Ninguno",
                help_text="En un municipio la elige el propio secretariado, por acuerdo de una sesión.",
            )

    @property
    def holder(self) -> Holder:
        """Return who was written."""
        said = self.cleaned_data
        return Holder(said["name"], said["post"], said["organization"])


class ActForm(forms.Form):
    """By which act a seat is vacated."""

    act = forms.CharField(label="Por qué acto", max_length=300, help_text=ACT_HELP)


class WideningForm(ActForm):
    """Which sector gets one more representation, and by which act."""

    sector = forms.ChoiceField(label="Sector", choices=Sector)
    field_order = ("sector", "act")


class DelegationForm(forms.Form):
    """For which days the substitute answers."""

    starts_on = forms.DateField(label="Primer día", widget=day_input())
    last_on = forms.DateField(label="Último día", widget=day_input(), help_text="También ese día responde tu suplente.")


class MechanismForm(forms.Form):
    """The text of a governance mechanism, and its rules as data."""

    text = forms.CharField(label="Texto", max_length=40_000, widget=lines(14))
    quorum = forms.ChoiceField(label="Quórum", choices=QuorumKind)
    quorum_number = forms.IntegerField(
        label="Cuántos asientos",
        required=False,
        min_value=1,
        max_value=99,
        help_text="Solo si el quórum es un número fijo.",
    )
    every_sector = forms.BooleanField(label="Debe haber al menos un asiento de cada sector", required=False)
    way = forms.ChoiceField(label="Cómo se decide", choices=DecisionWay)
    majority = forms.ChoiceField(label="Si se vota, qué se pide", choices=Majority)
    casting_seat = forms.ChoiceField(label="En caso de empate", required=False)
    notice_days = forms.IntegerField(label="Días para convocar a una ordinaria", min_value=0, max_value=60, initial=3)
    short_notice_days = forms.IntegerField(
        label="Días para convocar a una extraordinaria", min_value=0, max_value=60, initial=1
    )

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {str(seat.pk): seat for seat in body.seats.filter(role=SeatRole.TITULAR)}
        choices = [(key, f"Decide el voto de calidad: {seat}") for key, seat in self.seats.items()]
        tie = self.fields["casting_seat"]
        if isinstance(tie, forms.ChoiceField):
            tie.choices = [("", "El empate no aprueba"), *choices]

    @property
    def rules(self) -> Rules:
        """Return the rules that were chosen."""
        said = self.cleaned_data
        return Rules(
            QuorumKind(said["quorum"]),
            said["quorum_number"],
            said["every_sector"],
            DecisionWay(said["way"]),
            Majority(said["majority"]),
            self.seats.get(said["casting_seat"]),
            said["notice_days"],
            said["short_notice_days"],
        )


class ProgrammeForm(forms.Form):
    """The yearly agenda: a line for each thing, its date first."""

    year = forms.IntegerField(label="Año", min_value=2015, max_value=2100)
    items = forms.CharField(
        label="Actividades",
        widget=lines(10),
        help_text="Una por línea, con su fecha al principio: 14/03/2027 Primera sesión ordinaria.",
    )

    def clean_items(self) -> list[tuple[dt.date, str]]:
        """Return each day and what is done on it."""
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["items"].splitlines())):
            read = DATED.fullmatch(line)
            try:
                day, month, year = (int(part) for part in read.groups()[:3]) if read else (0, 0, 0)
                found.append((dt.date(year, month, day), read[4][:300] if read else ""))
            except ValueError as unread:
                message = f"No se entiende la fecha de «{line[:60]}». Escríbela así: 14/03/2027."
                raise forms.ValidationError(message) from unread
        return found


class InvitationForm(WithNotice):
    """Where to send the link by which whoever holds a seat acts in it."""

    notice = NoticeKey.ELECTION

    email = forms.EmailField(
        label="Correo de la persona", max_length=254, help_text="La liga sirve 30 días y solo con ese mismo correo."
    )
