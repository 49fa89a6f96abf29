"""The open data of the diagnosis: themes, problem trees and their boxes."""

from __future__ import annotations

from typing import Final

from tequio.cocreation.enums import NodeKind
from tequio.cocreation.models import ProblemNode, ProblemTree, Theme
from tequio.exercises.datasets import DOCUMENTS, OF_EXERCISE, exercise_of, in_seen_exercises
from tequio.kernel.datasets import ForeignKey
from tequio.kernel.tables import choice, if_any, joined, number, padded, table, text

DATASETS: Final = (
    table(
        key="tematicas",
        title="Temáticas",
        description="Temáticas que aprobó cada ejercicio, con la razón que da su documento.",
        of=in_seen_exercises(Theme),
        columns=(
            text("clave", joined("exercise__slug", "key"), "Ejercicio y temática.", required=True),
            exercise_of(),
            text("nombre", "name", "Nombre.", required=True),
            text("justificacion", "justification", "Por qué se eligió, como dice el documento."),
            text("mesa_sede", "table_place", "Sede propuesta de su mesa."),
            text("mesa_fecha", "table_dates", "Fecha propuesta de su mesa."),
            text("sin_compromiso_por", "reason_without_commitment", "Por qué no tiene compromiso, si no lo tiene."),
            text("documento", joined("exercise__slug", "document__key"), "Documento que la aprobó.", required=True),
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
            text("tematica", if_any("theme", joined("exercise__slug", "theme__key")), "Temática a que responde."),
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
)
