"""The forms of events: those of who organises them, and those of who attends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from tequio.accounts.enums import NoticeKey, Sector, Sex
from tequio.accounts.forms.privacy import WithConsent, WithNotice
from tequio.exercises.enums import AccessNeed, EventKind, EventMode
from tequio.exercises.workflows import AttendeeDetails, EventDetails

if TYPE_CHECKING:
    from tequio.exercises.models import Event

PLANNED: Final = [
    ("", "Elige una clase"),
    *(
        (kind.value, kind.label)
        for kind in EventKind
        if kind not in {EventKind.LETTER, EventKind.ELECTION, EventKind.TABLE}
    ),
]
"""What can be planned as an event: elections and tables have pages of their own, a letter is a document."""
INSTANT: Final = "%Y-%m-%dT%H:%M"


def area(rows: int) -> forms.Textarea:
    """Return a box for a text of some lines."""
    return forms.Textarea(attrs={"rows": rows})


class InstantField(forms.DateTimeField):
    """A day and an hour, which a phone lets choose and anybody can type."""

    widget = forms.DateTimeInput(format=INSTANT, attrs={"type": "datetime-local", "step": "300"})

    def __init__(self, **kwargs: Any) -> None:
        formats = [INSTANT, "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"]
        wrong = {"invalid": "Escribe el día y la hora, como 16/04/2027 18:00."}
        super().__init__(input_formats=formats, error_messages=wrong, **kwargs)


class EventForm(forms.Form):
    """What an event is, when and where."""

    kind = forms.ChoiceField(label="Clase de evento", choices=PLANNED)
    title = forms.CharField(
        label="Nombre", max_length=200, help_text="Corto y claro, por ejemplo «Foro de apertura en la biblioteca»."
    )
    invitation = forms.CharField(
        label="De qué se trata y a quién se invita", max_length=3000, widget=area(4), required=False
    )
    starts_at = InstantField(label="Empieza", help_text="Hora del centro de México.")
    ends_at = InstantField(label="Termina")
    mode = forms.ChoiceField(label="Cómo se participa", choices=[("", "Elige una forma"), *EventMode.choices])
    place = forms.CharField(
        label="Lugar",
        max_length=500,
        required=False,
        help_text="Nombre, calle, número y localidad. Vacío si es a distancia.",
    )
    arrival = forms.CharField(
        label="Cómo llegar",
        max_length=2000,
        widget=area(3),
        required=False,
        help_text="Con palabras, como lo dirías por teléfono: transporte, referencias, entrada.",
    )
    accessibility = forms.CharField(
        label="Accesibilidad",
        max_length=2000,
        widget=area(3),
        required=False,
        help_text="Rampas, baños, intérprete, estacionamiento. Si falta algo, dilo también.",
    )
    remote_url = forms.URLField(
        label="Liga para conectarse",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="No se publica: le llega por correo a quien tiene lugar.",
    )
    capacity = forms.IntegerField(
        label="Cupo",
        min_value=1,
        max_value=100_000,
        required=False,
        help_text="Cuántas personas caben. Vacío si no hay límite. Con cupo lleno se abre lista de espera.",
    )
    programme = forms.CharField(
        label="Programa",
        max_length=5000,
        widget=area(6),
        required=False,
        help_text="Una actividad por línea, con su hora.",
    )

    @property
    def details(self) -> EventDetails:
        """Return what was written, for the verb."""
        given = dict(self.cleaned_data)
        return EventDetails(name=given.pop("title"), **given)


def written(event: Event) -> dict[str, Any]:
    """Return an event as the form shows it before it is changed."""
    names = EventForm.base_fields.keys() - {"title"}
    shown = {name: getattr(event, name) for name in names} | {"title": event.name}
    return shown | {name: timezone.localtime(getattr(event, name)) for name in ("starts_at", "ends_at")}


def ask_groups(form: forms.Form, event: Event | None) -> None:
    """Where an event arranges people in groups, ask for theirs, and for the institution to seat them apart from."""
    if event is None or not event.groups:
        return
    field = form.fields["sector"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(group["key"], group["name"]) for group in event.groups]
    form.fields["institution"] = forms.CharField(
        label="Institución u organización (opcional)",
        max_length=120,
        required=False,
        help_text="Solo para que en las mesas no se sienten juntas personas de la misma. No se publica.",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


def from_where(given: dict[str, Any], details: AttendeeDetails) -> AttendeeDetails:
    """Return what somebody says with where they come from: their sector, or a group and perhaps an institution."""
    if "institution" in given:
        return replace(details, group=given["sector"], institution=given["institution"])
    return replace(details, sector=given["sector"])


class AttendeeForm(WithConsent):
    """What somebody says to attend: as little as may be."""

    notice = NoticeKey.EVENT

    email = forms.EmailField(
        label="Correo electrónico",
        max_length=254,
        help_text="Ahí te llegan tu lugar, tu código de entrada y los cambios. No se publica.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label="Nombre (opcional)",
        max_length=120,
        required=False,
        help_text="Solo para encontrarte en la entrada si no traes tu código.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    sector = forms.ChoiceField(label="¿De dónde vienes?", choices=Sector.choices, widget=forms.RadioSelect)
    sex = forms.ChoiceField(
        label="Sexo (opcional)",
        choices=Sex.choices,
        initial=Sex.UNSAID,
        required=False,
        help_text="Sirve para saber a quiénes no estamos llegando y, en una mesa, para que los lugares queden parejos. "
        "Nunca se publica un grupo pequeño.",
    )
    needs = forms.MultipleChoiceField(
        label="Lo que necesitas para participar (opcional)",
        choices=AccessNeed.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Quien organiza ve cuántas personas lo piden, no quiénes. En una mesa, ve en cuál hace falta.",
    )

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_groups(self, event)
        self.fields["consent"].help_text = (
            "Los borramos 30 días después del evento; queda solo la cuenta. Si retiras tu consentimiento, cancelamos "
            "tu registro."
        )

    @property
    def details(self) -> AttendeeDetails:
        """Return what was written, for the verb."""
        given = self.cleaned_data
        told = AttendeeDetails(
            email=given["email"],
            name=given["name"],
            sex=given["sex"] or Sex.UNSAID,
            needs=tuple(given["needs"]),
            notice=given["consent"],
        )
        return from_where(given, told)


class SearchForm(forms.Form):
    """Whom the door looks for; it is posted, so that no name stays in an address."""

    words = forms.CharField(
        label="Código, nombre o correo",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "inputmode": "search"}),
    )


class PostSearchForm(SearchForm):
    """Whom a post looks for: whoever keeps it sees no address and looks for none."""

    words = forms.CharField(label="Código o nombre", max_length=120, widget=SearchForm.base_fields["words"].widget)


class WalkInForm(WithNotice):
    """Somebody who came without registering, in three fields."""

    notice = NoticeKey.EVENT

    sector = forms.ChoiceField(label="¿De dónde viene?", choices=Sector.choices, widget=forms.RadioSelect)
    sex = forms.ChoiceField(label="Sexo (si lo quiere decir)", choices=Sex.choices, initial=Sex.UNSAID, required=False)
    email = forms.EmailField(
        label="Correo (si quiere recibir los resultados)",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_groups(self, event)

    @property
    def details(self) -> AttendeeDetails:
        """Return what was written, for the verb."""
        given = self.cleaned_data
        return from_where(given, AttendeeDetails(email=given["email"], sex=given["sex"] or Sex.UNSAID))


class CancelForm(forms.Form):
    """Why an event is called off."""

    reason = forms.CharField(
        label="Motivo",
        max_length=300,
        widget=area(3),
        help_text="Lo lee cualquiera y llega por correo a quienes se registraron. No escribas datos personales.",
    )


class ReportForm(forms.Form):
    """What happened, and what came of it."""

    account = forms.CharField(
        label="Qué pasó y qué resultados hubo",
        max_length=20_000,
        widget=area(12),
        help_text="Con tus palabras. Las cuentas de asistencia salen solas. No digas quién dijo qué.",
    )
    recording_url = forms.URLField(
        label="Liga a la grabación (opcional)", max_length=500, required=False, assume_scheme="https"
    )


class PhotoForm(WithNotice):
    """A photograph, what is seen in it, and the consent of who can be recognised."""

    notice = NoticeKey.PICTURE

    photo = forms.FileField(
        label="Foto",
        help_text="JPG, PNG o WEBP de hasta 10 MB. Se le quitan el lugar y los demás datos ocultos.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    text = forms.CharField(
        label="Qué se ve", max_length=200, help_text="Para quien no puede verla. No escribas nombres."
    )
    has_consent = forms.BooleanField(
        label="Cada persona que se reconoce en la foto dio su consentimiento para publicarla.",
        error_messages={"required": "Sin el consentimiento de quienes aparecen no se puede publicar."},
    )
