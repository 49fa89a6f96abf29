"""The forms of the paper bridge: a small table's paper typed at once, and a table with many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from tequio.accounts.enums import NoticeKey
from tequio.accounts.forms.privacy import WithNotice
from tequio.cocreation.workflows.capturing import LONGEST, LONGEST_PROPOSAL, LONGEST_TITLE, MOST, PRIORITIES
from tequio.cocreation.workflows.paper import ALTERNATIVE, PROPOSAL, TITLE, Line
from tequio.exercises.forms.events import area

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROWS: Final = 8
"""Alternatives that a paper has room for."""
LONGEST_LIST: Final = 200_000
NO_NAMES: Final = "Uno por renglón, como está en el papel. Si dice el nombre de alguien, no lo escribas."


class AnswersForm(forms.Form):
    """What the paper of one small table answers to each question of its table."""

    def __init__(self, questions: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for number, question in enumerate(questions):
            self.fields[f"question_{number}"] = forms.CharField(
                label=question,
                help_text=NO_NAMES,
                required=False,
                max_length=MOST * (LONGEST + 2),
                widget=area(5),
            )

    def lines(self, number: int) -> Iterator[Line]:
        """Yield what was typed of a small table."""
        for asked in range(len(self.questions)):
            for row, text in enumerate(self.cleaned_data[f"question_{asked}"].splitlines(), 1):
                if text.strip():
                    yield Line(f"Pregunta {asked + 1}, renglón {row}", number, asked, text.strip())


class ProposalForm(forms.Form):
    """The commitment that a paper proposes."""

    title = forms.CharField(label="Nombre del compromiso", max_length=LONGEST_TITLE, required=False)
    text = forms.CharField(label="Cómo se redacta", max_length=LONGEST_PROPOSAL, required=False, widget=area(6))

    def lines(self, number: int) -> Iterator[Line]:
        """Yield what was typed of a small table."""
        for name, part, where in (("title", TITLE, "Nombre del compromiso"), ("text", PROPOSAL, "Redacción")):
            if self.cleaned_data[name]:
                yield Line(where, number, part, self.cleaned_data[name])


class AlternativeForm(forms.Form):
    """One alternative of a paper, with the numbers of its causes and its priority."""

    text = forms.CharField(label="Alternativa", max_length=LONGEST, required=False)
    causes = forms.CharField(
        label="Números de las causas", max_length=60, required=False, help_text="Con punto y coma: 2; 5."
    )
    place = forms.TypedChoiceField(
        label="Prioridad",
        choices=[("", "Ninguna"), *((place, f"{place}.ª") for place in range(1, PRIORITIES + 1))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the words of a row that has a cause or a priority."""
        given = super().clean() or {}
        if not given.get("text") and (given.get("causes") or given.get("place")):
            self.add_error("text", "Escribe la alternativa a la que corresponden.")
        return given

    def line(self, number: int, row: int) -> Line | None:
        """Return what was typed, or nothing for a row that is blank."""
        given = self.cleaned_data
        if not given.get("text"):
            return None
        labels = tuple(label.upper() for label in given["causes"].replace(",", " ").replace(";", " ").split())
        return Line(f"Alternativa {row}", number, ALTERNATIVE, given["text"], labels, given["place"])


AlternativeFormSet: Final = forms.formset_factory(AlternativeForm, extra=ROWS, max_num=ROWS, validate_max=True)


class PaperListForm(WithNotice):
    """A table with what several papers say, pasted or in a file."""

    notice = NoticeKey.ACCOUNT
    file = forms.FileField(label="Archivo CSV o XLSX", required=False)
    text = forms.CharField(
        label="O los renglones pegados, con la fila de los nombres de las columnas",
        max_length=LONGEST_LIST,
        required=False,
        strip=False,
        widget=area(10),
    )
