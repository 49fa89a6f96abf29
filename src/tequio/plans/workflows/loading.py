"""Writing a plan and its commitments as a pack tells them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from tequio.accounts.models import Organization
from tequio.cocreation.models import ProblemTree, Theme
from tequio.exercises.models import Exercise
from tequio.kernel.models import Concept
from tequio.kernel.packs.lookup import look_up, look_up_if_given
from tequio.kernel.packs.moments import stated, stated_together
from tequio.kernel.upsert import Tally
from tequio.plans.models import ActionPlan, Alignment, Annex, Chapter, Commitment, KeyAction, OtherActor
from tequio.plans.workflows.activities import load_activities, load_contacts
from tequio.plans.workflows.publishing import publish_plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.kernel.packs.schema import Record

Keyed = TypeVar("Keyed", ProblemTree, Theme)

logger = logging.getLogger(__name__)


@transaction.atomic
def load_plans(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Write plans, their chapters and what they cite, as drafts of exercises loaded just before."""
    plans = [_plan(record) for record in records]
    logger.info("%s planes escritos por %s, %s", len(plans), by or "la consola", at)
    return (Tally("planes de acción", len(plans), 0, 0, ()),)


@transaction.atomic
def load_commitments(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Write the commitments of plans loaded just before, with all that hangs from them, and publish the plans."""
    rows = [_commitment(record) for record in records]
    for plan in ActionPlan.objects.filter(exercise__slug__in={record["ejercicio"] for record in records}):
        publish_plan(plan, by=by, at=at)
    return (Tally("compromisos", len(rows), 0, 0, ()),)


def _plan(record: Record) -> ActionPlan:
    exercises = Exercise.objects.in_bulk([record["ejercicio"]], field_name="slug")
    exercise = look_up(exercises, record, "ejercicio", "ejercicio.yaml")
    documents = {document.key: document for document in exercise.documents.all()}
    told, term = record["plan"], record["plan"]["vigencia"]
    plan = ActionPlan.objects.create(
        exercise=exercise,
        document=look_up(documents, told, "documento", "los documentos de ejercicio.yaml"),
        kind=told["tipo"],
        code=told["codigo"],
        title=told["titulo"],
        subtitle=told["subtitulo"],
        cut_on=told["corte"],
        next_cut_on=told["siguiente_corte"],
        update_frequency_months=told["meses_entre_cortes"],
        **(stated(term["inicio"], term["fin"]) if term else {}),
    )
    Chapter.objects.bulk_create(
        Chapter(
            plan=plan,
            order=order,
            kind=chapter["que_es"],
            title=chapter["titulo"],
            index_title=chapter["titulo_indice"],
            index_page=chapter["pagina"],
            depth=chapter["nivel"] or 1,
            blocks=[{"kind": block["es"].value, "text": block["dice"]} for block in chapter["bloques"]],
        )
        for order, chapter in enumerate(record["capitulos"], 1)
    )
    _alignments(plan, None, record["alineaciones"])
    Annex.objects.bulk_create(
        Annex(plan=plan, order=order, title=annex["titulo"], url=annex["url"])
        for order, annex in enumerate(record["anexos"], 1)
    )
    return plan


def _commitment(record: Record) -> Commitment:
    plans = {plan.exercise.slug: plan for plan in ActionPlan.objects.select_related("exercise")}
    plan = look_up(plans, record, "ejercicio", "plan.yaml")
    commitment = Commitment.objects.create(**_columns(plan, record))
    KeyAction.objects.bulk_create(
        KeyAction(
            commitment=commitment,
            number=action["numero"],
            text=action["dice"],
            dates_text=action["fechas"]["dice"] if action["fechas"] else "",
            **stated_together(action["fechas"]),
        )
        for action in record["acciones_clave"]
    )
    load_activities(commitment, record)
    if record["contacto"]:
        load_contacts(commitment, None, record["contacto"]["responsables"])
    organizations = Organization.objects.in_bulk(field_name="key")
    OtherActor.objects.bulk_create(
        OtherActor(
            commitment=commitment,
            sector=actor["sector"],
            text=actor["dice"],
            organization=organizations.get(actor["organizacion"]),
        )
        for actor in record["otros_actores"]
    )
    first = plan.annexes.count() + 1
    Annex.objects.bulk_create(
        Annex(plan=plan, commitment=commitment, order=order, title=annex["titulo"], url=annex["url"])
        for order, annex in enumerate(record["anexos"], first)
    )
    _alignments(plan, commitment, record["alineaciones"])
    return commitment


def _columns(plan: ActionPlan, record: Record) -> dict[str, object]:
    """Return a commitment's own columns."""
    told, form, proposal = record["compromiso"], record["ficha"], record["propuesta"]
    exercise = plan.exercise
    return {
        "plan": plan,
        "number": told["numero"],
        "code": f"{plan.code}-{told['numero']:02}",
        "kind": told["origen"],
        "body_order": told["lugar_en_el_cuerpo"] or told["numero"],
        "axis": told["eje"],
        "axis_page": told["pagina_eje"],
        "form_title": told["titulo_ficha"],
        "listed_name": told["nombre_en_lista"],
        "name": told["nombre"],
        "promise": form["nos_comprometemos"],
        "helps_to_solve": form["ayuda_a_resolver"],
        "will_allow": form["permitira"],
        "description": form["en_que_consiste"],
        "contribution": form["contribucion"],
        "target_population": form["poblacion"],
        "relevance": form["relevancia"],
        "agenda_2030": form["agenda_2030"],
        "gender": form["genero"],
        "expected_results": form["resultados"],
        "proposal_title": proposal["titulo"] if proposal else "",
        "proposal_text": proposal["texto"] if proposal else "",
        "proposal_objective": proposal["objetivo"] if proposal else "",
        "lines_title": record["titulo_lineas"],
        "responsible": Organization.objects.get(key=told["responsable"]),
        "responsible_text": told["responsable_dice"],
        "contact_institution_text": record["contacto"]["institucion_dice"] if record["contacto"] else "",
        "theme": look_up_if_given(keyed(exercise.themes.all()), told, "tematica", "diagnostico.yaml"),
        "problem_tree": look_up_if_given(keyed(exercise.problem_trees.all()), told, "arbol", "diagnostico.yaml"),
        **stated(form["inicio"], form["fin"]),
    }


def keyed(rows: QuerySet[Keyed]) -> dict[str, Keyed]:
    """Return themes or trees by their key."""
    return {row.key: row for row in rows}


def _alignments(plan: ActionPlan, commitment: Commitment | None, records: tuple[Record, ...]) -> None:
    cited = Concept.objects.filter(scheme__key__in={told["lista"] for told in records}).select_related("scheme")
    concepts = {(concept.scheme.key, concept.code): concept for concept in cited}
    Alignment.objects.bulk_create(
        Alignment(
            plan=plan,
            commitment=commitment,
            concept=look_up(concepts, told, "codigo", "conceptos.csv", key=(told["lista"], told["codigo"])),
            quoted_name=told["dice"],
            place=told["lugar"],
        )
        for told in records
    )
