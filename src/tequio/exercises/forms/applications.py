"""The form of a call, and the one with which its answers are decided."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from django import forms
from django.utils import timezone

from tequio.accounts.enums import NoticeKey, Sector, Sex
from tequio.accounts.forms.privacy import WithConsent
from tequio.exercises.enums import ApplicationState
from tequio.exercises.forms.calls import long_text
from tequio.exercises.workflows import Answer

if TYPE_CHECKING:
    from datetime import date

    from tequio.exercises.models import Application, Call

NOTICE_MEMBER: Final = (
    "Usamos tu correo y tu nombre para responderte y convocarte; los lee quien coordina el ejercicio. "
    "Se publican el nombre y el logotipo de tu organización. A título personal solo te contamos. "
    "Si después retiras tu consentimiento en «Mis datos», se retira tu solicitud y se quita tu logotipo."
)
NOTICE_CANDIDATE: Final = (
    "Usamos tu correo para responderte; lo lee quien coordina el ejercicio. "
    "Si tu candidatura se acepta, se publican tu nombre, tu texto y tu fotografía. Puedes retirarla hasta que se "
    "convoque la elección; si retiras tu consentimiento después, se quitan tu texto y tu fotografía."
)
MEMBER_SECTORS: Final = {
    Sector.PUBLIC_BODIES: "Un ente público",
    Sector.CIVIL_SOCIETY: "Una organización de la sociedad civil",
    Sector.CITIZENS: "Solo a mí, a título personal",
}
CANDIDATE_SECTORS: Final = {
    Sector.PUBLIC_BODIES: "Un ente público",
    Sector.CIVIL_SOCIETY: "Una organización de la sociedad civil",
    Sector.CITIZENS: "Nadie: me postulo a título personal",
}
PICTURE_HELP: Final = "Opcional. JPG o PNG de hasta 10 MB. Le quitamos los datos ocultos, como el lugar."


class ApplicationForm(WithConsent):
    """Who answers a call; what it asks depends on the call, and no more than is needed."""

    notice = NoticeKey.REGISTRATION

    sector = forms.ChoiceField(label="¿A quién representas?")
    name = forms.CharField(
        label="Nombre de la organización o del ente público",
        help_text="Como debe publicarse. Déjalo en blanco si es a título personal.",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    person_name = forms.CharField(
        label="Tu nombre",
        help_text="Para responderte. No se publica.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    post = forms.CharField(
        label="Tu cargo",
        help_text="Solo si representas a un ente público.",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    words = long_text("¿Por qué quieres participar?", "Opcional. Unas líneas bastan. No se publica.", 2_000)
    sex = forms.ChoiceField(
        label="Sexo",
        help_text="Opcional. Solo se cuenta, nunca se publica el tuyo.",
        choices=[(Sex.UNSAID.value, Sex.UNSAID.label), *(c for c in Sex.choices if c[0] != Sex.UNSAID)],
        required=False,
    )
    picture = forms.FileField(
        label="Logotipo",
        help_text=PICTURE_HELP,
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    without_picture = forms.BooleanField(label="Quitar la imagen que envié", required=False)

    def __init__(self, call: Call, application: Application | None, *args: Any, **kwargs: Any) -> None:
        if application:
            names = ("sector", "name", "person_name", "post", "words", "sex")
            kwargs["initial"] = {name: getattr(application, name) for name in names}
        super().__init__(*args, **kwargs)
        if not (application and application.picture):
            del self.fields["without_picture"]
        self.fields["words"].required = call.is_candidacy
        self.fields["consent"].help_text = NOTICE_MEMBER
        self._offer(call)
        if call.is_candidacy:
            self._ask_a_candidate()

    def _offer(self, call: Call) -> None:
        """Offer the sectors of the call, and leave out what only others need."""
        names = CANDIDATE_SECTORS if call.is_candidacy else MEMBER_SECTORS
        offered = [(sector.value, name) for sector, name in names.items() if sector in call.sectors]
        sector = self.fields["sector"]
        if isinstance(sector, forms.ChoiceField):
            sector.choices = offered if len(offered) == 1 else [("", "Elige una opción"), *offered]
        if Sector.PUBLIC_BODIES not in call.sectors:
            del self.fields["post"]
        if set(call.sectors) == {Sector.CITIZENS}:
            del self.fields["name"]

    def _ask_a_candidate(self) -> None:
        """Say to a candidate what will be published."""
        for name, (label, help_text) in {
            "sector": ("¿Quién te propone?", ""),
            "name": ("Nombre de la organización que te propone", "Déjalo en blanco si es a título personal."),
            "person_name": ("Tu nombre", "Se publica si tu candidatura se acepta."),
            "words": ("Tu experiencia y por qué te postulas", "Se publica si tu candidatura se acepta."),
            "picture": ("Fotografía", f"{PICTURE_HELP} Se publica si tu candidatura se acepta."),
            "consent": ("Leí el aviso de privacidad y acepto que se publique mi candidatura.", NOTICE_CANDIDATE),
        }.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, help_text

    def answer(self) -> Answer:
        """Return what was written, as the verbs take it."""
        written = self.cleaned_data
        nothing: Literal[False] | None = False if written.get("without_picture") else None
        return Answer(
            sector=written["sector"],
            person_name=written["person_name"],
            name=written.get("name", ""),
            post=written.get("post", ""),
            words=written["words"],
            sex=written["sex"] or Sex.UNSAID,
            picture=written["picture"] or nothing,
            notice=written["consent"],
        )


class ReviewForm(forms.Form):
    """A decision on an application, with its reason."""

    decision = forms.ChoiceField(
        label="Decisión",
        choices=[
            ("", "Elige una opción"),
            (ApplicationState.ACCEPTED.value, "Aceptar"),
            (ApplicationState.RETURNED.value, "Pedir correcciones"),
            (ApplicationState.DECLINED.value, "No aceptar"),
        ],
    )
    reason = forms.CharField(
        label="Motivo, o qué debe corregir",
        help_text="La persona lo lee en su correo. No hace falta si la aceptas. No escribas datos personales.",
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    mend_on = forms.DateField(
        label="Último día para corregir",
        help_text="Solo si pides correcciones.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @property
    def mend_by(self) -> datetime | None:
        """When the time to correct ends: at the midnight after the day that was written."""
        day: date | None = self.cleaned_data["mend_on"]
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None
