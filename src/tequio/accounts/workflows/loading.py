"""What a data pack says of places, organizations and persons is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tequio.accounts.enums import JurisdictionKind
from tequio.accounts.models import DayOff, Jurisdiction, LegalTerm, Organization, Person, PopulationCount
from tequio.kernel.upsert import Tally, Target, upsert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.accounts.models.places import JurisdictionQuerySet
    from tequio.kernel.packs import Record

FREE_PLACE = {"electoral_code": "", "tile_column": None, "tile_row": None}


def load_states(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Bring in the states of `estado.csv`, with their population."""
    rows = [{**_place(record), "kind": JurisdictionKind.STATE} for record in records]
    states = Jurisdiction.objects.filter(kind=JurisdictionKind.STATE)
    named = states.filter(code__in=[row["code"] for row in rows])
    return upsert(Target(named, ("code",)), rows, by=by, at=at), _count(records, by=by, at=at)


def load_municipalities(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Bring in the municipalities of `municipios.csv`, with their population and their tile on the map."""
    codes = {record["estado"] for record in records}
    parents = dict(Jurisdiction.objects.filter(code__in=codes).values_list("code", "pk"))
    rows = [
        {
            **_place(record),
            "kind": JurisdictionKind.MUNICIPALITY,
            "parent_id": parents[record["estado"]],
            "electoral_code": record["numero_electoral"],
            "tile_column": record["columna"],
            "tile_row": record["renglon"],
        }
        for record in records
    ]
    places = Jurisdiction.objects.municipalities().filter(parent__in=parents.values())
    tally = upsert(Target(places, ("code",), release=FREE_PLACE), rows, by=by, at=at)
    return tally, _count(records, by=by, at=at)


def load_organizations(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Bring in the organizations of `organizaciones.csv`; successors are linked once all of them exist."""
    places = dict(Jurisdiction.objects.values_list("code", "pk"))
    rows = [
        {
            "key": record["clave"],
            "kind": record["tipo"],
            "name": record["nombre"],
            "acronym": record["siglas"],
            "jurisdiction_id": places[record["lugar"]] if record["lugar"] else None,
            "website": record["sitio_web"],
            "mail_domain": record["dominio_correo"],
            "accent": record["color"],
            "valid_from": record["vigente_desde"],
            "valid_to": record["vigente_hasta"],
            "certainty": record["certeza"],
            "source": record["fuente"],
        }
        for record in records
    ]
    named = Organization.objects.filter(key__in=[row["key"] for row in rows])
    within = named | Organization.objects.filter(jurisdiction__in=_territory(records))
    tally = upsert(Target(within, ("key",)), rows, by=by, at=at)
    keys = dict(named.values_list("key", "pk"))
    successors = [{"key": record["clave"], "successor_id": keys.get(record["sucesora"])} for record in records]
    upsert(Target(named.all(), ("key",)), successors, by=by, at=at)
    return (tally,)


def load_persons(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Bring in the public servants and representatives of `personas.csv`."""
    rows = [
        {
            "key": record["clave"],
            "name": record["nombre"],
            "certainty": record["certeza"],
            "source": record["fuente"],
        }
        for record in records
    ]
    named = Person.objects.filter(key__in=[row["key"] for row in rows])
    return (upsert(Target(named, ("key",)), rows, by=by, at=at),)


def _territory(records: Sequence[Record]) -> JurisdictionQuerySet:
    """Return the states that records name, directly or by a municipality, and all their municipalities."""
    named = Jurisdiction.objects.filter(code__in=[record["lugar"] for record in records])
    return Jurisdiction.objects.filter(
        Q(pk__in=named) | Q(parent__in=named) | Q(children__in=named) | Q(parent__children__in=named)
    )


def load_terms(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Bring in how long the law gives, of `plazos.csv`."""
    rows = [
        {
            "key": record["clave"],
            "name": record["nombre"],
            "working_days": record["dias_habiles"],
            "valid_from": record["vigente_desde"],
            "valid_to": record["vigente_hasta"],
            "certainty": record["certeza"],
            "source": record["fuente"],
        }
        for record in records
    ]
    return (upsert(Target(LegalTerm.objects.all(), ("key", "valid_from")), rows, by=by, at=at),)


def load_days_off(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Bring in the days that terms do not count, of `dias_inhabiles.csv`."""
    rows = [
        {
            "day": record["fecha"],
            "name": record["nombre"],
            "certainty": record["certeza"],
            "source": record["fuente"],
        }
        for record in records
    ]
    return (upsert(Target(DayOff.objects.all(), ("day",)), rows, by=by, at=at),)


def _place(record: Record) -> dict[str, Any]:
    return {
        "code": record["cve_inegi"],
        "name": record["nombre"],
        "slug": record["ruta"],
        "seat": record["cabecera"],
        "valid_from": record["vigente_desde"],
        "valid_to": record["vigente_hasta"],
        "certainty": record["certeza"],
        "source": record["fuente"],
    }


def _count(records: Sequence[Record], *, by: User | None, at: datetime) -> Tally:
    places = dict(
        Jurisdiction.objects.filter(code__in=[record["cve_inegi"] for record in records]).values_list("code", "pk")
    )
    rows = [
        {
            "jurisdiction_id": places[record["cve_inegi"]],
            "counted_on": record["censo_fecha"],
            "census": record["censo"],
            "people": record["poblacion"],
            "women": record["mujeres"],
            "men": record["hombres"],
            "source": record["fuente"],
        }
        for record in records
        if record["poblacion"] is not None
    ]
    days = {row["counted_on"] for row in rows}
    counts = PopulationCount.objects.select_related("jurisdiction").filter(
        jurisdiction__in=places.values(), counted_on__in=days
    )
    return upsert(Target(counts, ("jurisdiction_id", "counted_on")), rows, by=by, at=at)
