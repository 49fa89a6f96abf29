"""The forms of a table: what it is about, its stages, the room's text, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from tequio.cocreation.enums import Capture, StageTalk, TableKind, TableOutcome
from tequio.cocreation.models import Table, TableTemplate, Theme
from tequio.cocreation.queries.openings import earlier_of
from tequio.cocreation.workflows import DraftText, StagePlan, TablePlan
from tequio.cocreation.workflows.capturing import LONGEST_TITLE
from tequio.cocreation.workflows.convening import LONGEST_STAGE
from tequio.cocreation.workflows.drafting import LONGEST
from tequio.exercises.forms.events import EventForm, area, written
from tequio.exercises.workflows import EventDetails

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tequio.exercises.models import Exercise

BLANK_STAGES: Final = 2
"""Empty rows under the stages, to add more."""


class TableForm(EventForm):
    """What a table is about and, as any event, when and where; it ends when its stages do."""

    kind = forms.ChoiceField(label="Tipo de mesa", choices=[("", "Elige un tipo"), *TableKind.choices])
    theme = forms.ModelChoiceField(label="Temática", queryset=Theme.objects.none(), empty_label="Elige una temática")
    template = forms.ModelChoiceField(
        label="Plantilla de las etapas",
        queryset=TableTemplate.objects.none(),
        required=False,
        empty_label="Sin plantilla: escribiré las etapas",
        help_text="Copia las etapas que dice el método, con su duración, responsable y material. Después se ajustan.",
    )
    follows = forms.ModelChoiceField(
        label="Mesa previa",
        queryset=Table.objects.none(),
        required=False,
        empty_label="Ninguna",
        help_text="La de problema y alternativas que esta continúa: con lo que resultó de aquella empieza esta.",
    )
    criteria = forms.CharField(
        label="Criterios para la cocreación",
        required=False,
        max_length=LONGEST,
        widget=area(4),
        help_text="Qué debe cumplir un compromiso para salir de esta mesa: concreto, factible, medible, incluyente…",
    )
    proposed = forms.CharField(required=False, widget=forms.HiddenInput)
    """The earlier table that the form chose by itself: who sends it again without one means it."""
    field_order = ("title", "kind", "theme", "template", "follows", "starts_at", "mode", "place")

    def __init__(self, *args: Any, exercise: Exercise, table: Table | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        del self.fields["ends_at"], self.fields["programme"]
        chosen: dict[str, QuerySet[Any]] = {"theme": Theme.objects.approved().filter(exercise=exercise)}
        chosen["follows"] = Table.objects.filter(event__exercise=exercise, kind=TableKind.PROBLEM)
        if table:
            chosen["follows"] = chosen["follows"].exclude(pk=table.pk)
            del self.fields["template"]
        else:
            place = exercise.jurisdiction
            chosen["template"] = TableTemplate.objects.filter(method__state=place.parent_id or place.pk)
        for name, rows in chosen.items():
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows.select_related("event") if rows.model is Table else rows

    def clean(self) -> dict[str, Any]:
        """Propose the closed table of the theme's problem to one of commitment that follows none; once."""
        given = super().clean() or {}
        theme, is_second = given.get("theme"), given.get("kind") == TableKind.COMMITMENT
        if not is_second or theme is None or given.get("follows") or given.get("proposed"):
            return given
        before = earlier_of(theme)
        if before is not None and before != self.table:
            sent: Any = self.data
            shown = sent.copy()
            for name in ("follows", "proposed"):
                shown[self.add_prefix(name)] = str(before.pk)
            self.data = shown
            self.add_error(
                "follows",
                f"Esta temática ya tiene una mesa de problema con su resultado: «{before.event.name}». La elegimos. "
                "Si esta no la continúa, elige «Ninguna». Guarda otra vez.",
            )
        return given

    @property
    def plan(self) -> TablePlan:
        """Return what was written of the table, for the verb."""
        given = self.cleaned_data
        template = self.table.template if self.table else given["template"]
        return TablePlan(
            theme=given["theme"],
            kind=given["kind"],
            template=template if template and template.kind == given["kind"] else None if self.table else template,
            follows=given["follows"],
            criteria=given["criteria"],
        )

    @property
    def details(self) -> EventDetails:
        """Return what was written of its event, for the verb, which says when it ends."""
        event = {name: value for name, value in self.cleaned_data.items() if name in EventDetails.__dataclass_fields__}
        return EventDetails(**event | {"name": self.cleaned_data["title"], "ends_at": event["starts_at"]})


def written_table(table: Table) -> dict[str, Any]:
    """Return a table as its form shows it before it is changed."""
    own = {name: getattr(table, name) for name in ("kind", "theme", "follows", "criteria")}
    return written(table.event) | own


class StageForm(forms.Form):
    """One stage of a table; a row without its title is none."""

    title = forms.CharField(label="Nombre", max_length=200, required=False)
    minutes = forms.IntegerField(label="Minutos", min_value=1, max_value=LONGEST_STAGE, required=False)
    responsible = forms.CharField(label="Responsable", max_length=300, required=False)
    materials = forms.CharField(label="Herramientas o material", max_length=2000, required=False, widget=area(2))
    dynamics = forms.CharField(label="Dinámica", max_length=4000, required=False, widget=area(3))
    captures = forms.ChoiceField(label="Qué queda escrito", choices=Capture.choices, initial=Capture.NOTHING)
    shows = forms.ChoiceField(
        label="Qué presentación del kit se muestra", choices=[("", "Ninguna"), *StageTalk.choices], required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the minutes of a stage that has a name."""
        given = super().clean() or {}
        if given.get("title") and not given.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", "Di cuántos minutos dura.")
        return given

    @property
    def plan(self) -> StagePlan | None:
        """Return the stage, or nothing for a row that is taken out or was never written."""
        given = dict(self.cleaned_data)
        if not given.get("title") or given.pop("DELETE", False):
            return None
        given.pop("ORDER", None)
        return StagePlan(name=given.pop("title"), **given)


class StageRows(forms.BaseFormSet[StageForm]):
    """The stages of a table, one under another."""

    def add_fields(self, form: StageForm, index: int | None) -> None:
        """Ask in plain words for the place of a stage and whether it goes."""
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Lugar en la jornada"
        form.fields["DELETE"].label = "Quitar esta etapa"


StageFormSet: Final = forms.formset_factory(
    StageForm, formset=StageRows, can_order=True, can_delete=True, extra=BLANK_STAGES, max_num=30, validate_max=True
)


class DraftForm(forms.Form):
    """The room's text on the method's form."""

    title = forms.CharField(label="Nombre del compromiso", max_length=LONGEST_TITLE, required=False)
    text = forms.CharField(label="Redacción", max_length=LONGEST, required=False, widget=area(8))
    long_term_objective = forms.CharField(
        label="Objetivo de largo plazo",
        max_length=LONGEST,
        required=False,
        widget=area(3),
        help_text="A qué objetivo o meta del ejercicio contribuye. Se pide para el texto definitivo.",
    )
    definitive_commitment = forms.CharField(
        label="Compromiso definitivo",
        max_length=LONGEST,
        required=False,
        widget=area(3),
        help_text="Las acciones que se esperan lograr en la población objetivo al terminar el plan.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def draft(self, sources: tuple[int, ...]) -> DraftText:
        """Return the text, for the verb; where it comes from stays as it was."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return DraftText(**given, sources=sources)


class InviteForm(forms.Form):
    """Until which day the places of a table are kept for who came to the one it follows."""

    until = forms.DateField(
        label="Último día en que se apartan los lugares",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        help_text="A la medianoche de ese día, los que queden se dan por orden a quienes esperan.",
        error_messages={"invalid": "Escribe el día, como 16/04/2027."},
    )


class OutcomeForm(forms.Form):
    """What came of a table."""

    outcome = forms.ChoiceField(
        label="Qué resultó",
        choices=[choice for choice in TableOutcome.choices if choice[0] != TableOutcome.PENDING],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Si terminó sin compromiso, por qué",
        required=False,
        max_length=LONGEST,
        widget=area(3),
        help_text="Sin nombres: se publica en la relatoría.",
    )
    lessons = forms.CharField(label="Aprendizajes", required=False, max_length=LONGEST, widget=area(3))
