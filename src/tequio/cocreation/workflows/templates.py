"""Writing what a pack tells of tables: how methods say that they go, and what came of those of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from tequio.cocreation.models import Table, TableTemplate, TemplateStage, Theme
from tequio.exercises.models import Event, Method
from tequio.kernel.packs.lookup import look_up
from tequio.kernel.upsert import Tally, Target, upsert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tequio.kernel.packs.schema import Record


@transaction.atomic
def load_table_templates(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Bring the templates of a pack up to what it tells; tables that were convened keep the stages they were given."""
    methods = Method.objects.in_bulk([record["metodo"] for record in records], field_name="key")
    keys = [record["clave"] for record in records]
    told = [_template(record, look_up(methods, record, "metodo", "metodos/")) for record in records]
    templates = upsert(Target(TableTemplate.objects.filter(key__in=keys), ("key",)), told, by=by, at=at)
    written = TableTemplate.objects.in_bulk(keys, field_name="key")
    stages = [
        _stage(stage, order, written[record["clave"]])
        for record in records
        for order, stage in enumerate(record["etapas"])
    ]
    within = TemplateStage.objects.filter(template__key__in=keys)
    return templates, upsert(Target(within, ("template_id", "order")), stages, by=by, at=at)


def load_tables(exercise: Exercise, records: Sequence[Record], themes: dict[str, Theme]) -> None:
    """Write the tables that a document tells, each on its event, with their true outcome."""
    events = {event.slug: event for event in Event.objects.filter(exercise=exercise)}
    for record in records:
        Table.objects.create(
            event=look_up(events, record, "evento", "los eventos de ejercicio.yaml"),
            theme=themes[record["tematica"]],
            kind=record["tipo"],
            outcome=record["resultado"],
            reason=record["por_que"],
            lessons=record["aprendizajes"],
        )


def _template(record: Record, method: Method) -> dict[str, Any]:
    return {
        "method_id": method.pk,
        "key": record["clave"],
        "kind": record["tipo"],
        "name": record["nombre"],
        "begins": record["empieza"],
        "smallest": record["personas_minimo"],
        "largest": record["personas_maximo"],
        "horseshoe": record["herradura"],
        "groups": [
            {"key": group["clave"], "name": group["nombre"], "sector": str(group["sector"])}
            for group in record["grupos"]
        ],
        "questions": list(record["preguntas"]),
        "source": record["fuente"],
    }


def _stage(record: Record, order: int, template: TableTemplate) -> dict[str, Any]:
    return {
        "template_id": template.pk,
        "order": order,
        "name": record["nombre"],
        "minutes": record["minutos"],
        "responsible": record["responsable"],
        "materials": record["materiales"],
        "dynamics": record["dinamica"],
        "captures": record["registra"],
        "shows": record["muestra"] or "",
    }
