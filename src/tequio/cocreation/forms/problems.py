"""The forms of the consultation: of who runs it, and of anybody who proposes or supports without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from tequio.accounts.enums import NoticeKey
from tequio.accounts.forms.privacy import WithNotice
from tequio.cocreation.enums import ANSWERED
from tequio.cocreation.forms.themes import lines
from tequio.cocreation.workflows import ConsultationTerms, ProblemWords
from tequio.exercises.forms.events import InstantField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tequio.cocreation.models import Problem, ProblemConsultation, Theme

WORDS: Final = (
    "¿Qué problema público te preocupa donde vives? Cuéntalo con tus palabras. Las propuestas se leen todas, se "
    "agrupan en temáticas y cada una dice qué pasó con ella."
)
RULES: Final = (
    "Se oculta el texto que señale a una persona con nombre o datos personales, que insulte o discrimine, que anuncie "
    "o pida el voto, o que no describa un problema público. Quien la propuso recibe el motivo, y el motivo se publica."
)
GROUP: Final = "agrupar"
DECLINE: Final = "no-tomar"
MERGE: Final = "unir"
HIDE: Final = "ocultar"
REOPEN: Final = "reabrir"
ANSWERS: Final = (
    (GROUP, "Agruparla en una temática"),
    (MERGE, "Unirla a otra que dice lo mismo"),
    (DECLINE, "No tomarla, con su motivo"),
    (HIDE, "Ocultar su texto por las reglas de moderación, con su motivo"),
)


class ConsultationForm(forms.Form):
    """What a consultation says, and when it is open."""

    opens_at = InstantField(label="Abre", help_text="Hora del centro de México.")
    closes_at = InstantField(label="Cierra", help_text="A esa hora exacta deja de recibir propuestas y apoyos.")
    words = forms.CharField(label="Invitación", max_length=3000, widget=lines(5), initial=WORDS)
    rules = forms.CharField(
        label="Reglas de moderación",
        max_length=3000,
        widget=lines(6),
        initial=RULES,
        help_text="Se leen antes de proponer.",
    )

    @property
    def terms(self) -> ConsultationTerms:
        """Return what was written, for the verb."""
        return ConsultationTerms(**self.cleaned_data)


class EarlyCloseForm(forms.Form):
    """Why a consultation closes before its time."""

    reason = forms.CharField(label="Por qué cierra antes", max_length=1000, widget=lines(3), help_text="Se publica.")


class AnswerForm(forms.Form):
    """What becomes of a proposal."""

    answer = forms.ChoiceField(
        label="Qué pasa con ella",
        widget=forms.RadioSelect,
        choices=ANSWERS,
        error_messages={"required": "Elige qué pasa con ella.", "invalid_choice": "Elige una de las opciones."},
    )
    theme = forms.ChoiceField(
        label="Temática, si se agrupa",
        required=False,
        error_messages={"invalid_choice": "Elige una temática de la lista."},
    )
    into = forms.IntegerField(
        label="Número de la otra propuesta, si se une", required=False, min_value=1, max_value=999_999
    )
    reason = forms.CharField(
        label="Motivo, si no se toma o se oculta",
        max_length=1000,
        widget=lines(3),
        required=False,
        help_text="Se publica y le llega a quien la propuso. No escribas datos personales.",
    )

    def __init__(self, problem: Problem, themes: Iterable[Theme], *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = answer_of(problem)
        super().__init__(*args, **kwargs)
        self.themes: Mapping[str, Theme] = {theme.key: theme for theme in themes}
        choice, answer = self.fields["theme"], self.fields["answer"]
        if isinstance(choice, forms.ChoiceField) and isinstance(answer, forms.ChoiceField):
            named = [(key, f"{theme} ({theme.get_status_display().lower()})") for key, theme in self.themes.items()]
            choice.choices = [("", "Elige una temática"), *named]
            again = [(REOPEN, "Dejarla otra vez sin respuesta")] if problem.status in ANSWERED else []
            answer.choices = [*ANSWERS, *again]

    def clean(self) -> dict[str, Any]:
        """Ask for what each answer needs."""
        said: dict[str, Any] = super().clean() or {}
        needs = {GROUP: ("theme", "Elige la temática."), MERGE: ("into", "Escribe el número de la otra.")}
        name, sentence = needs.get(said.get("answer", ""), ("", ""))
        if name and not said.get(name) and name not in self.errors:
            self.add_error(name, sentence)
        return said


class ByMailForm(WithNotice):
    """An address that a message will prove, and the consent to use it."""

    notice = NoticeKey.CONSULTATION

    email = forms.EmailField(
        label="Correo electrónico",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label="Leí el aviso y acepto que se use mi correo para esto. No se publica.",
        error_messages={"required": "Sin tu consentimiento no podemos usar tu correo."},
    )


class ProblemForm(ByMailForm):
    """A public problem that somebody proposes."""

    field_order = ("title", "text", "place", "email", "consent")

    title = forms.CharField(label="El problema, en pocas palabras", max_length=120)
    text = forms.CharField(
        label="Qué pasa",
        max_length=1000,
        widget=lines(6),
        help_text="A quiénes afecta y desde cuándo. Hasta 1,000 caracteres, sin datos personales tuyos ni de nadie.",
    )
    place = forms.CharField(
        label="Dónde (opcional)", max_length=120, required=False, help_text="Colonia, localidad o lugar público."
    )

    @property
    def words(self) -> ProblemWords:
        """Return what was written, for the verb."""
        return ProblemWords(**{name: self.cleaned_data[name] for name in ("title", "text", "place")})


class SupportForm(ByMailForm):
    """An address that supports a problem."""


def written(consultation: ProblemConsultation) -> dict[str, Any]:
    """Return a consultation as its form shows it before it is changed."""
    return {name: getattr(consultation, name) for name in ("opens_at", "closes_at", "words", "rules")}


def answer_of(problem: Problem) -> dict[str, Any]:
    """Return the answer that a proposal has, as the form shows it."""
    return {
        "theme": problem.theme.key if problem.theme else "",
        "into": problem.merged_into.number if problem.merged_into else None,
        "reason": problem.reason,
    }
