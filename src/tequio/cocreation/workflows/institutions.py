"""The map of a table's competent institutions: which they are, and what was done so that they come (CO-13)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from tequio.cocreation.enums import ApproachKind, ApproachOutcome
from tequio.cocreation.models import Approach, TableInstitution
from tequio.cocreation.workflows.convening import held_table, permitted
from tequio.exercises.enums import EventState
from tequio.kernel.clock import day_of
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import Organization, User
    from tequio.cocreation.models import Table

logger = logging.getLogger(__name__)
MOST_INSTITUTIONS: Final = 60
MOST_APPROACHES: Final = 30
LONGEST_ACCOUNT: Final = 300


@dataclass(frozen=True, kw_only=True)
class InstitutionDetails:
    """What is said of an institution: one of the directory or a name, its key post, and whether it is competent."""

    organization: Organization | None = None
    name: str = ""
    post: str = ""
    is_competent: bool = True
    faculty: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproachDetails:
    """What was done so that an institution comes, and what it answered."""

    held_on: date
    kind: str
    account: str
    outcome: str


@transaction.atomic
def map_institution(
    table: Table, details: InstitutionDetails, *, by: User | AnonymousUser, at: datetime
) -> TableInstitution:
    """Put an institution in the map of a table that is to come."""
    row = _open_table(table, by, at=at)
    if row.institutions.count() >= MOST_INSTITUTIONS:
        raise Refused(f"El mapa de una mesa tiene {MOST_INSTITUTIONS} instituciones como máximo.")
    return TableInstitution.objects.create(table=row, **_columns(row, details))


@transaction.atomic
def change_institution(
    institution: TableInstitution, details: InstitutionDetails, *, by: User | AnonymousUser, at: datetime
) -> TableInstitution:
    """Correct what is said of an institution; what was done with it stays."""
    table = _open_table(institution.table, by, at=at)
    row = table.institutions.get(pk=institution.pk)
    for name, value in _columns(table, details, row).items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def unmap_institution(institution: TableInstitution, *, by: User | AnonymousUser, at: datetime) -> None:
    """Take an institution out of a map; one that was approached stays, for the record of what was done."""
    table = _open_table(institution.table, by, at=at)
    row = table.institutions.get(pk=institution.pk)
    if row.approaches.exists():
        raise Refused("A esta institución ya se le buscó: no se quita. Si no es competente, dilo en sus datos.")
    row.delete()
    logger.info("institución retirada de un mapa: %s", table.code)


@transaction.atomic
def record_approach(
    institution: TableInstitution, details: ApproachDetails, *, by: User | AnonymousUser, at: datetime
) -> Approach:
    """Write that an institution was approached, and what it answered; its last answer is the one that stands."""
    table = _open_table(institution.table, by, at=at)
    row = table.institutions.get(pk=institution.pk)
    account = " ".join(details.account.split())
    if details.kind not in ApproachKind.values or details.outcome not in ApproachOutcome.values:
        raise Refused("Elige cómo fue el acercamiento y qué respondió la institución.")
    if not account:
        raise Refused("Escribe en un renglón qué se dijo.")
    if len(account) > LONGEST_ACCOUNT:
        raise Refused(f"Cuéntalo en un renglón: a lo más {LONGEST_ACCOUNT} letras, y tiene {len(account)}.")
    if details.held_on > day_of(at):
        raise Refused("Ese día todavía no llega. Escribe cuándo fue el acercamiento.")
    if row.approaches.count() >= MOST_APPROACHES:
        raise Refused(f"Una institución lleva {MOST_APPROACHES} acercamientos como máximo.")
    return Approach.objects.create(
        institution=row, held_on=details.held_on, kind=details.kind, account=account, outcome=details.outcome
    )


def _open_table(table: Table, by: User | AnonymousUser, *, at: datetime) -> Table:
    """Return a table whose map can still be written, locked."""
    row = held_table(table)
    permitted(row, by)
    event = row.event
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED} or event.starts_at is None or event.starts_at <= at:
        raise Refused("La mesa ya empezó, se canceló o solo consta en un documento: su mapa no se cambia.")
    return row


def _columns(table: Table, details: InstitutionDetails, row: TableInstitution | None = None) -> dict[str, object]:
    """Return the columns of an institution, checked: one of the directory gives its official name."""
    name = str(details.organization) if details.organization else " ".join(details.name.split())
    if not name:
        raise Refused("Elige una institución del directorio o escribe su nombre.")
    others = table.institutions.exclude(pk=row.pk) if row else table.institutions.all()
    if others.filter(name=name).exists():
        raise Refused(f"«{name}» ya está en el mapa de esta mesa.")
    post, faculty = " ".join(details.post.split()), " ".join(details.faculty.split())
    if details.is_competent and not faculty:
        raise Refused("Di qué puede decidir o hacer esa institución en el tema de la mesa.")
    return {
        "organization": details.organization,
        "name": name,
        "post": post,
        "is_competent": details.is_competent,
        "faculty": faculty,
    }
