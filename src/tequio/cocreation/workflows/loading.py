"""How the diagnosis of an exercise comes from its pack."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from tequio.cocreation.enums import NodeKind
from tequio.cocreation.models import ProblemNode, ProblemTree, Theme
from tequio.cocreation.workflows.templates import load_tables
from tequio.exercises.models import Exercise
from tequio.exercises.workflows.loading import REPLACE_EXERCISE
from tequio.kernel.objections import object_to
from tequio.kernel.packs.lookup import look_up
from tequio.kernel.upsert import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.kernel.packs.schema import Record

logger = logging.getLogger(__name__)


@transaction.atomic
def load_diagnosis(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Write the themes and problem trees of exercises, loaded just before, as their pack tells them."""
    trees = [tree for record in records for tree in _diagnosis(record)]
    logger.info("%s árboles escritos por %s, %s", len(trees), by or "la consola", at)
    return (Tally("árboles de problemas", len(trees), 0, 0, ()),)


def keep_what_was_drawn() -> None:
    """Object to the replacement of exercises; called once the rooms are loaded."""
    object_to(REPLACE_EXERCISE, drawn_here)


def drawn_here(*, slug: str) -> Iterator[str]:
    """Object to replacing an exercise in which people wrote trees, for they would be erased with their history."""
    drawn = ProblemTree.objects.written().filter(exercise__slug=slug).select_for_update(no_key=True, of=("self",))
    if count := len(drawn.values_list("pk", flat=True)):
        yield f"En el ejercicio {slug} hay árboles de problemas escritos aquí ({count}): se borrarían con su historia."


def _diagnosis(record: Record) -> list[ProblemTree]:
    exercises = Exercise.objects.in_bulk([record["ejercicio"]], field_name="slug")
    exercise = look_up(exercises, record, "ejercicio", "ejercicio.yaml")
    documents = {document.key: document for document in exercise.documents.all()}
    themes = {
        told["clave"]: Theme.objects.create(
            exercise=exercise,
            document=look_up(documents, told, "documento", "los documentos de ejercicio.yaml"),
            key=told["clave"],
            order=order,
            name=told["nombre"],
            other_names=list(told["otros_nombres"]),
            justification=told["justificacion"],
            table_place=told["sede"],
            table_dates=told["fechas"],
            reason_without_commitment=told["sin_compromiso_porque"],
        )
        for order, told in enumerate(record["tematicas"], 1)
    }
    load_tables(exercise, record["mesas"], themes)
    return [_tree(exercise, order, told, themes) for order, told in enumerate(record["arboles"], 1)]


def _tree(exercise: Exercise, order: int, told: Record, themes: dict[str, Theme]) -> ProblemTree:
    tree = ProblemTree.objects.create(
        exercise=exercise,
        theme=themes.get(told["tematica"]),
        key=told["clave"],
        order=order,
        title=told["titulo"],
        drawing_title=told["titulo_dibujo"],
        drawing_note=told["nota_dibujo"],
        template_text=told["texto_plantilla"],
    )
    texts = [(NodeKind.PROBLEM, told["problema"])] if told["problema"] else []
    texts += [(NodeKind.CAUSE, text) for text in told["causas"]]
    texts += [(NodeKind.EFFECT, text) for text in told["efectos"]]
    nodes = [ProblemNode(tree=tree, kind=kind, order=number, text=text) for number, (kind, text) in enumerate(texts, 1)]
    ProblemNode.objects.bulk_create(nodes)
    if told["problema"]:
        tree.nodes.exclude(kind=NodeKind.PROBLEM).update(parent=tree.nodes.get(kind=NodeKind.PROBLEM))
    return tree
