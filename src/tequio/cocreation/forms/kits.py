"""What somebody who prepares a table writes of its kit, and what anybody says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from tequio.accounts.enums import NoticeKey
from tequio.accounts.forms.privacy import WithNotice
from tequio.cocreation.enums import DocumentKind
from tequio.cocreation.workflows import DocumentDetails, KitTexts
from tequio.cocreation.workflows.kits import LONGEST_CONTEXT, LONGEST_FEEDBACK, LONGEST_TEXT, MOST_MINUTES

if TYPE_CHECKING:
    from tequio.cocreation.models import KitDocument

RELATIONS: Final = ("agenda_2030", "equality", "inclusion")


def area(rows: int) -> forms.Textarea:
    """Return a box for a text of some lines."""
    return forms.Textarea(attrs={"rows": rows})


class KitTextsForm(forms.Form):
    """What no data say of a table: its context, its words and its own rules."""

    context = forms.CharField(
        label="Contexto, en una página",
        max_length=LONGEST_CONTEXT,
        widget=area(12),
        required=False,
        help_text=f"Qué pasa, a quién y qué se ha hecho, para quien llega sin saber nada. {LONGEST_CONTEXT:,} letras.",
    )
    glossary = forms.CharField(
        label="Palabras de esta mesa",
        max_length=LONGEST_TEXT,
        widget=area(6),
        required=False,
        help_text="Una por renglón, como «Lixiviado: líquido que sale de la basura». Las de la metodología ya vienen.",
    )
    rules = forms.CharField(
        label="Reglas de esta mesa",
        max_length=LONGEST_TEXT,
        widget=area(4),
        required=False,
        help_text="Una por renglón. La regla de Chatham House y las de la metodología ya vienen.",
    )

    @property
    def texts(self) -> KitTexts:
        """Return what was written, for the verb."""
        return KitTexts(**self.cleaned_data)


class KitDocumentForm(WithNotice):
    """A document of a kit: a file or a link."""

    notice = NoticeKey.PUBLIC_ROLE

    kind = forms.ChoiceField(label="Qué es", choices=[("", "Elige"), *DocumentKind.choices])
    title = forms.CharField(label="Título", max_length=200)
    made_by = forms.CharField(
        label="Quién lo hizo",
        max_length=200,
        help_text="La institución u organización, o la autoría con que se publicó.",
    )
    minutes = forms.IntegerField(
        label="Minutos de lectura",
        min_value=1,
        max_value=MOST_MINUTES,
        help_text="Una página toma unos dos minutos.",
    )
    document = forms.FileField(
        label="Archivo",
        required=False,
        help_text="PDF, JPG o PNG, de a lo más 10 MB. Si es una presentación, guárdala como PDF.",
    )
    url = forms.URLField(
        label="O una liga",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Completa, como https://… Si subes un archivo, déjala vacía.",
    )
    agenda_2030 = forms.CharField(
        label="Relación con la Agenda 2030",
        max_length=1_000,
        widget=area(2),
        required=False,
        help_text="Esta y las dos que siguen hacen falta en las presentaciones. Si no se relaciona, dilo.",
    )
    equality = forms.CharField(
        label="Relación con la igualdad de género", max_length=1_000, widget=area(2), required=False
    )
    inclusion = forms.CharField(label="Relación con la inclusión", max_length=1_000, widget=area(2), required=False)

    @property
    def details(self) -> DocumentDetails:
        """Return what was written, for the verb."""
        return DocumentDetails(**{name: given for name, given in self.cleaned_data.items() if name != "document"})


def written(document: KitDocument) -> dict[str, Any]:
    """Return a document as the form shows it before it is corrected."""
    return {name: getattr(document, name) for name in ("kind", "title", "made_by", "minutes", "url", *RELATIONS)}


class PublishKitForm(forms.Form):
    """What changed since the version that people have."""

    note = forms.CharField(
        label="Qué cambió",
        max_length=500,
        widget=area(2),
        help_text="En un renglón. Lo lee cualquiera y llega por correo a quienes se registraron.",
    )


class FeedbackForm(forms.Form):
    """What somebody says of a kit, without saying who they are."""

    text = forms.CharField(
        label="Tu opinión del kit",
        max_length=LONGEST_FEEDBACK,
        widget=area(5),
        help_text="Qué se entiende, qué falta, qué sobra. No lleva tu nombre: no escribas datos personales.",
    )
