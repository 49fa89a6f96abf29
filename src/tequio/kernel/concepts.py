"""The verbs that bring in lists of concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.kernel.models import Concept, ConceptScheme
from tequio.kernel.upsert import Tally, Target, upsert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from tequio.kernel.packs.schema import Record


def load_schemes(records: Sequence[Record], *, by: AbstractBaseUser | None, at: datetime) -> tuple[Tally, ...]:
    """Bring in the lists of `listas.csv`."""
    rows = [
        {
            "key": record["clave"],
            "name": record["nombre"],
            "publisher": record["publica"],
            "certainty": record["certeza"],
            "source": record["fuente"],
        }
        for record in records
    ]
    keys = [row["key"] for row in rows]
    return (upsert(Target(ConceptScheme.objects.filter(key__in=keys), ("key",)), rows, by=by, at=at),)


def load_concepts(records: Sequence[Record], *, by: AbstractBaseUser | None, at: datetime) -> tuple[Tally, ...]:
    """Bring in the terms of `conceptos.csv`; their lists must be there."""
    lists = {record["lista"] for record in records}
    schemes = dict(ConceptScheme.objects.filter(key__in=lists).values_list("key", "pk"))
    rows = [
        {
            "scheme_id": schemes[record["lista"]],
            "code": record["codigo"],
            "name": record["nombre"],
            "definition": record["definicion"],
            "kind": record["tipo"],
            "order": record["orden"],
            "valid_from": record["vigente_desde"],
            "valid_to": record["vigente_hasta"],
            "certainty": record["certeza"],
            "source": record["fuente"],
        }
        for record in records
    ]
    terms = Concept.objects.select_related("scheme").filter(scheme__in=schemes.values())
    return (upsert(Target(terms, ("scheme_id", "code")), rows, by=by, at=at),)
