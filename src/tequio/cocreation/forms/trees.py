"""The forms of problem trees: beginning one, writing and moving a box, importing a list, and its review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from tequio.accounts.enums import NoticeKey
from tequio.accounts.forms.privacy import WithConsent, WithNotice
from tequio.cocreation.enums import CommentState
from tequio.cocreation.models import Theme
from tequio.cocreation.models.trees import LONGEST_TEXT
from tequio.cocreation.queries.trees import targets, themes_of
from tequio.cocreation.workflows.trees import Spot
from tequio.kernel.spanish import fold

if TYPE_CHECKING:
    from tequio.cocreation.models import ProblemNode, ProblemTree
    from tequio.cocreation.queries.tree_shape import Shape
    from tequio.exercises.models import Exercise

LONGEST_LIST: Final = 60_000


class TextField(forms.CharField):
    """The text of a box: short, and with the lines that it needs."""

    def __init__(self, label: str = "Texto", help_text: str = "", rows: int = 3) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        help_text = help_text or f"{LONGEST_TEXT} letras como máximo."
        super().__init__(label=label, help_text=help_text, max_length=LONGEST_TEXT, widget=widget)


class BeginForm(forms.Form):
    """A new tree: its theme, how it is called and the problem in the middle."""

    theme = forms.ModelChoiceField(Theme.objects.none(), label="Temática", empty_label="Elige una")
    title = forms.CharField(
        label="Título del árbol", help_text="Si lo dejas vacío, será el de la temática.", max_length=200, required=False
    )
    problem = TextField(
        "Problema central",
        "Una situación que hoy existe y afecta a personas, no la falta de una solución. "
        "Ejemplo: «Los trámites tardan más de lo que la gente puede esperar».",
    )

    def __init__(self, exercise: Exercise, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["theme"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = themes_of(exercise)


class NameForm(forms.Form):
    """What a tree is called, and what it was called when the page was read."""

    title = forms.CharField(label="Título del árbol", max_length=200)
    was = forms.CharField(widget=forms.HiddenInput, max_length=300, required=False)


class BoxForm(forms.Form):
    """The text of a box, and which revision of it was read."""

    text = TextField()
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)


class PlaceForm(forms.Form):
    """Where a box goes; `looked_for` leaves only the places that say these words, in any order."""

    to = forms.ChoiceField(label="A dónde")

    def __init__(
        self,
        tree: ProblemTree,
        node: ProblemNode | None,
        *args: Any,
        shape: Shape | None = None,
        looked_for: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice, words = self.fields["to"], fold(looked_for).split()
        if isinstance(choice, forms.ChoiceField):
            offered = targets(tree, node, shape)
            choice.choices = [one for one in offered if all(word in fold(one[1]) for word in words)]

    @property
    def spot(self) -> Spot:
        """Return where it goes."""
        under, _, kind = self.cleaned_data["to"].partition(":")
        return Spot(int(under), kind)


class MoveForm(PlaceForm):
    """Moving a box with all that is under it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)


class AddForm(PlaceForm):
    """A new box."""

    text = TextField("Texto del recuadro nuevo", rows=2)
    field_order = ["text", "to"]


class ImportForm(WithNotice):
    """A list to be added to a tree, pasted or in a file."""

    notice = NoticeKey.ACCOUNT
    text = forms.CharField(
        label="Lista con sangría",
        help_text="«Causas» y «Efectos» en su propio renglón; debajo, un recuadro por renglón. "
        "Lo que va más adentro depende de lo que está arriba.",
        max_length=LONGEST_LIST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(
        label="O un archivo CSV, XLSX o de texto",
        help_text="La hoja lleva las columnas tipo, nivel y texto, como el CSV que se descarga de un árbol.",
        required=False,
    )


class InviteForm(WithNotice):
    """An expert's address."""

    notice = NoticeKey.CONSULTATION
    email = forms.EmailField(label="Correo de la persona experta", max_length=254)


class AnswerForm(forms.Form):
    """The answer to a comment."""

    state = forms.ChoiceField(
        label="Qué pasó con el comentario",
        choices=[(state.value, str(state.label)) for state in CommentState if state != CommentState.OPEN],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Respuesta",
        help_text="Qué se cambió, o por qué no procede. Se publica con la versión final.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CommentForm(forms.Form):
    """What an expert says."""

    text = forms.CharField(label="Tu comentario", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    number = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=10_000)


class CreditForm(WithConsent):
    """How an expert asks to be named."""

    notice = NoticeKey.CONSULTATION
    name = forms.CharField(
        label="Cómo quieres que se te nombre",
        help_text="Tu nombre y, si quieres, tu institución. Lo puedes quitar cuando quieras.",
        max_length=200,
    )
