"""Writing the methods that a pack tells: its routes, methodologies and guides, with their phases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from tequio.accounts.models import Jurisdiction
from tequio.exercises.models import Method, MethodPhase
from tequio.kernel.upsert import Tally, Target, upsert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.kernel.packs.schema import Record


@transaction.atomic
def load_methods(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Bring the methods of a pack up to what it tells; exercises that follow one keep the phases they were given."""
    states = Jurisdiction.objects.in_bulk([record["estado"] for record in records], field_name="code")
    keys = [record["clave"] for record in records]
    target = Target(Method.objects.filter(key__in=keys), ("key",))
    told = upsert(target, [_method(record, states[record["estado"]]) for record in records], by=by, at=at)
    methods = Method.objects.in_bulk(keys, field_name="key")
    phases = [
        _phase(phase, order, methods[record["clave"]])
        for record in records
        for order, phase in enumerate(record["fases"], 1)
    ]
    within = MethodPhase.objects.filter(method__key__in=keys)
    return told, upsert(Target(within, ("method_id", "order")), phases, by=by, at=at)


def _method(record: Record, state: Jurisdiction) -> dict[str, Any]:
    return {
        "key": record["clave"],
        "kind": record["tipo"],
        "name": record["nombre"],
        "state_id": state.pk,
        "applies_to": record["rige_a"],
        "approved_by": record["aprobado_por"],
        "valid_from": record["rige_desde"],
        "valid_to": record["rige_hasta"],
        "url": record["url"],
        "source": record["fuente"],
    }


def _phase(record: Record, order: int, method: Method) -> dict[str, Any]:
    return {
        "method_id": method.pk,
        "order": order,
        "name": record["nombre"],
        "objective": record["objetivo"],
        "product": record["producto"],
        "when": record["cuando"],
        "people": record["personas"],
        "activities": record["actividades"],
        "requisites": list(record["pide"]),
        "source": record["fuente"],
    }
