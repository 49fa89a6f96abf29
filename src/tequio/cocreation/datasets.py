"""The open data of the diagnosis: proposed problems, themes, problem trees and their boxes."""

from __future__ import annotations

from typing import Final

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from tequio.cocreation.enums import SHOWN, NodeKind, ProblemStatus, ThemeStatus
from tequio.cocreation.models import Problem, ProblemNode, ProblemTree, Support, Theme
from tequio.exercises.datasets import DOCUMENTS, OF_EXERCISE, exercise_of
from tequio.kernel.datasets import ForeignKey
from tequio.kernel.tables import choice, if_any, joined, number, padded, table, text

READABLE: Final = Q(status__in=[each for each in SHOWN if each != ProblemStatus.HIDDEN])
SUPPORTED: Final = Coalesce(
    Subquery(
        Support.objects.filter(problem=OuterRef("pk")).order_by().values("problem").annotate(n=Count("pk")).values("n")
    ),
    Value(0),
    output_field=IntegerField(),
)
OF_APPROVED: Final = Case(When(theme__status=ThemeStatus.APPROVED, then=joined("exercise__slug", "theme__key")))
"""The key of a tree's theme, once it is approved: what is only proposed is in no dataset."""


def readable(field: str) -> Case:
    """Return a text of a proposal, but for those that moderation hid."""
    return Case(When(READABLE, then=F(field)))


DATASETS: Final = (
    table(
        key="tematicas",
        title="Temáticas",
        description="Temáticas que aprobó cada ejercicio por un documento o un acuerdo, y por qué.",
        of=Theme.objects.visible_to,
        columns=(
            text("clave", joined("exercise__slug", "key"), "Ejercicio y temática.", required=True),
            exercise_of(),
            text("nombre", "name", "Nombre.", required=True),
            text("justificacion", "justification", "Por qué se eligió, como dice el documento."),
            text("mesa_sede", "table_place", "Sede propuesta de su mesa."),
            text("mesa_fecha", "table_dates", "Fecha propuesta de su mesa."),
            text("sin_compromiso_por", "reason_without_commitment", "Por qué no tiene compromiso, si no lo tiene."),
            text(
                "documento",
                if_any("document", joined("exercise__slug", "document__key")),
                "Documento que la aprobó, si no fue un acuerdo.",
            ),
            text(
                "acuerdo",
                if_any("agreement", joined("exercise__slug", "agreement__year", "agreement__number")),
                "Acuerdo del secretariado que la aprobó, si no fue un documento: ejercicio, año y número.",
            ),
            text("plan_de_desarrollo", "plan_document", "Plan de desarrollo en vigor con que se alinea."),
            text("alineacion", "plan_alignment", "Con qué se alinea de ese plan."),
        ),
        foreign_keys=(OF_EXERCISE, ForeignKey(("documento",), "documentos", ("clave",))),
        keywords=("temáticas", "mesas de participación", "problemas públicos"),
        source=DOCUMENTS,
        filters=("ejercicio", "nombre"),
    ),
    table(
        key="arboles",
        title="Árboles de problemas",
        description="Árboles de problemas de cada ejercicio como se publicaron; alguno consta sin su dibujo.",
        of=lambda viewer: ProblemTree.objects.visible_to(viewer).settled(),
        columns=(
            text("clave", joined("exercise__slug", "key"), "Ejercicio y árbol.", required=True),
            exercise_of(),
            text("tematica", OF_APPROVED, "Temática aprobada a que responde."),
            text("titulo", "title", "Título, como dice el documento.", required=True),
            text("titulo_del_dibujo", "drawing_title", "Título del árbol dibujado."),
            text("nota_del_dibujo", "drawing_note", "Qué consta del dibujo."),
        ),
        foreign_keys=(OF_EXERCISE, ForeignKey(("tematica",), "tematicas", ("clave",))),
        keywords=("árbol de problemas", "diagnóstico", "causas y efectos"),
        source=DOCUMENTS,
        filters=("ejercicio", "tematica", "titulo"),
    ),
    table(
        key="nodos",
        title="Causas y efectos de los árboles",
        description="Cada recuadro de cada árbol de problemas: el problema central, sus causas y sus efectos.",
        of=lambda viewer: ProblemNode.objects.standing().filter(
            tree__in=ProblemTree.objects.visible_to(viewer).settled()
        ),
        columns=(
            text(
                "clave",
                joined("tree__exercise__slug", "tree__key", padded("order")),
                "Ejercicio, árbol y recuadro.",
                required=True,
            ),
            text("arbol", joined("tree__exercise__slug", "tree__key"), "Clave del árbol.", required=True),
            choice("tipo", "kind", NodeKind, "Si es problema, causa o efecto.", required=True),
            number(
                "orden",
                "order",
                "Número en el árbol; no cambia aunque el recuadro se mueva.",
                additive=False,
                required=True,
            ),
            text("texto", "text", "Texto, como dice el documento.", required=True),
        ),
        foreign_keys=(ForeignKey(("arbol",), "arboles", ("clave",)),),
        keywords=("causas", "efectos", "problemas públicos"),
        source=DOCUMENTS,
        filters=("arbol", "tipo", "texto"),
    ),
    table(
        key="problemas",
        title="Problemas públicos propuestos",
        description="Lo que cualquiera propuso en las consultas de problemas públicos, cuántos correos lo apoyan y "
        "qué pasó con cada propuesta. No dice quién propuso ni quién apoya.",
        of=Problem.objects.visible_to,
        columns=(
            text(
                "clave",
                joined("consultation__exercise__slug", padded("number", 5)),
                "Ejercicio y número de la propuesta.",
                required=True,
            ),
            exercise_of("consultation__exercise"),
            number("numero", "number", "Número de la propuesta en su consulta.", additive=False, required=True),
            text("problema", readable("title"), "El problema, en pocas palabras; vacío si la moderación lo ocultó."),
            text("que_pasa", readable("text"), "Qué pasa, como se escribió; vacío si la moderación lo ocultó."),
            text("donde", readable("place"), "Dónde, si se dijo."),
            number(
                "apoyos",
                SUPPORTED,
                "Correos que confirmaron su apoyo; los de propuestas iguales no se suman.",
                additive=False,
                required=True,
            ),
            choice("estado", "status", ProblemStatus, "Qué pasó con ella.", required=True),
            text(
                "tematica",
                Case(
                    When(
                        status=ProblemStatus.GROUPED,
                        theme__status=ThemeStatus.APPROVED,
                        then=joined("consultation__exercise__slug", "theme__key"),
                    )
                ),
                "Temática aprobada en que se agrupó.",
            ),
            number("unida_a", "merged_into__number", "Número de la propuesta a que se unió.", additive=False),
            text("motivo", "reason", "Por qué no se tomó o se ocultó."),
        ),
        foreign_keys=(OF_EXERCISE, ForeignKey(("tematica",), "tematicas", ("clave",))),
        keywords=("problemas públicos", "consulta", "participación ciudadana"),
        source="Consultas de problemas públicos de este sitio",
        filters=("ejercicio", "estado", "tematica"),
    ),
)
