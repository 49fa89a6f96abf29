"""What each field holds of a person: what for, on what ground, who sees it, how long, and how it ends.

Each room declares its tables in `personal.py`; a house test fails on a field that is in no row. The same rows show a
person what is kept of them, erase it with their account or when its time is over, and are the public page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.contrib.auth.hashers import is_password_usable
from django.db.models import DateField, Q

from tequio.kernel.along import read_together
from tequio.kernel.declarations import declared
from tequio.kernel.spoken import long_date, moment

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet, TextChoices

WHOLE: Final = "*"
"""Every field of a library's table; of our own tables each field is named."""
ANY: Final = Q()


class Basis(Enum):
    """On what ground something is kept; the articles are in the notice, as data."""

    SERVICE = "Hace falta para darte lo que pides"
    CONSENT = "Tu consentimiento"
    DUTY = "Un acto público que cualquiera debe poder comprobar"
    ROLE = "Es información pública por la función de la persona"


class Shown(Enum):
    """Who sees it."""

    NOBODY = "No se publica"
    CONSENT = "Se publica solo si lo aceptas"
    ROLE = "Se publica"


class Ending(Enum):
    """How it ends."""

    ERASED = "Se borra"
    BLANKED = "Se borra ese dato"
    NAMELESS = "Queda en la historia, unido a una cuenta que ya no dice de quién era"
    STAYS = "Permanece, como el documento que lo publicó"


@dataclass(frozen=True)
class After:
    """When its time is over: days counted from a date or instant of the row, or of what it is of (`event__ends_at`).

    `of` says it in words, as «de enviarse».
    """

    field: str
    days: int
    of: str

    def __str__(self) -> str:
        years, rest = divmod(self.days, 365)
        long = f"{self.days} días" if rest else "un año" if years == 1 else f"{years} años"
        return f"{long} después {self.of}" if self.days else f"después {self.of}"

    def is_over(self, at: datetime) -> Q:
        """Return which rows have outlived it."""
        return Q(**{f"{self.field}__lt": at - timedelta(days=self.days)})


@dataclass(frozen=True)
class Declaration:
    """Some fields of a table (`room.Table`, names separated by spaces)."""

    table: str
    fields: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the fields."""
        return tuple(self.fields.split())

    @property
    def model(self) -> type[Model]:
        """Return the table."""
        return apps.get_model(self.table)


@dataclass(frozen=True)
class Impersonal(Declaration):
    """Fields that say nothing of a person, or only what an institution publishes of a thing."""


@dataclass(frozen=True)
class Personal(Declaration):
    """Fields about a person; `what` names them to that person.

    `owner` leads from the row to the account: «user», or «recipient=email» where only its address tells. What is
    `secret` is told to be there, and never shown. `along` leads to what the row's name says of farther tables.
    """

    what: str
    purpose: TextChoices
    basis: Basis
    ending: Ending
    shown: Shown = Shown.NOBODY
    after: After | None = None
    with_account: bool = False
    owner: str = ""
    only: Q = ANY
    secret: bool = False
    along: str = ""

    @property
    def lasts(self) -> str:
        """Say how long it is kept and how it ends."""
        when = [str(self.after)] if self.after else []
        when += ["al borrar tu cuenta"] if self.with_account else []
        return f"{self.ending.value} {', o '.join(when)}".strip() + "."

    def rows_of(self, account: Model) -> QuerySet[Any]:
        """Return the rows about an account; none where rows do not lead to accounts."""
        rows = self.model._base_manager.all()
        lookup, _, attribute = self.owner.partition("=")
        known = getattr(account, attribute or "pk")
        return rows.filter(**{f"{lookup}__iexact" if attribute else lookup: known}) if lookup and known else rows.none()

    def outlived(self, at: datetime) -> QuerySet[Any]:
        """Return the rows whose time is over; for those to be blanked, only where something is left."""
        if self.after is None:
            return self.model._base_manager.none()
        rows = self.model._base_manager.filter(self.only, self.after.is_over(at))
        if self.ending is Ending.BLANKED:
            left = Q()
            for name, empty in self.blanks.items():
                left |= ~Q(**{f"{name}__isnull": True}) if empty is None else ~Q(**{name: empty})
            rows = rows.filter(left)
        return rows

    @property
    def blanks(self) -> dict[str, Any]:
        """Return the fields with what each holds when it says nothing."""
        fields = (self.model._meta.get_field(name) for name in self.names)
        return {field.name: None if getattr(field, "null", False) else _empty(field) for field in fields}


def until_closed(table: str, fields: str, what: str, purpose: TextChoices, owner: str) -> Personal:
    """Declare rows that are erased when their person erases the account."""
    return Personal(table, fields, what, purpose, Basis.SERVICE, Ending.ERASED, with_account=True, owner=owner)


def history(table: str, fields: str, what: str, purpose: TextChoices, owner: str, *, along: str = "") -> Personal:
    """Declare who did an act that must be answered for: it stays, joined to an account that no longer tells whose."""
    return Personal(table, fields, what, purpose, Basis.DUTY, Ending.NAMELESS, owner=owner, along=along)


def published(table: str, fields: str, what: str, purpose: TextChoices) -> Personal:
    """Declare what a public document says of a person for their public role."""
    return Personal(table, fields, what, purpose, Basis.ROLE, Ending.STAYS, Shown.ROLE)


def _empty(field: Any) -> Any:
    return field.get_default() if field.has_default() else ""


@dataclass(frozen=True)
class Kept:
    """What a row of the registry keeps of an account: each row of its table as names and values in words."""

    row: Personal
    things: list[dict[str, str]]


def kept_of(account: Model) -> list[Kept]:
    """Return all that is kept of an account, in the order of the registry, read in one query."""
    rows = [row for row in personal() if row.owner]
    told = read_together(account, **{f"row_{n}": _whole(row, account) for n, row in enumerate(rows)})
    return [
        Kept(row, [_in_words(row, each) for each in told[f"row_{n}"]]) for n, row in enumerate(rows) if told[f"row_{n}"]
    ]


def _rows(row: Personal, account: Model) -> QuerySet[Any]:
    return row.rows_of(account).filter(row.only)


def _whole(row: Personal, account: Model) -> QuerySet[Any]:
    """Return the rows with what their names say of other tables, so that each is not asked for alone."""
    related = (field.name for field in row.model._meta.fields if field.many_to_one)
    return _rows(row, account).select_related(*related, *row.along.split())


def _in_words(row: Personal, thing: Model) -> dict[str, str]:
    """Return a row as its name, its dates and the fields that are about the person; of the account, only its fields."""
    is_account = row.owner == "pk"
    shown = {} if is_account else {"qué": str(thing)}
    for field in thing._meta.fields:
        value = getattr(thing, field.attname)
        told = field.name in row.names
        if value in (None, "", [], {}) or (row.secret and told and not is_password_usable(str(value))):
            continue
        if isinstance(field, DateField):
            if told or not is_account:
                shown[str(field.verbose_name)] = moment(value) if isinstance(value, datetime) else long_date(value)
        elif told and not field.many_to_one:
            said = getattr(thing, f"get_{field.name}_display", lambda value=value: value)()
            shown[str(field.verbose_name)] = "guardado, ilegible" if row.secret else str(said)
    return shown


@cache
def registry() -> tuple[Declaration, ...]:
    """Return what every room declares, the lowest room first."""
    return tuple(declared("personal", "PERSONAL", Declaration))


def personal() -> list[Personal]:
    """Return the rows about people."""
    return [row for row in registry() if isinstance(row, Personal)]


def by_purpose() -> dict[TextChoices, dict[Personal, list[str]]]:
    """Return what is kept under each purpose, in their order; rows that differ only in what they name are one."""
    found: dict[TextChoices, dict[tuple[str, ...], list[Personal]]] = {}
    for row in personal():
        alike = (row.basis.value, row.shown.value, row.lasts)
        found.setdefault(row.purpose, {}).setdefault(alike, []).append(row)
    order = [purpose for kind in {type(purpose): None for purpose in found} for purpose in kind if purpose in found]
    return {key: {rows[0]: [row.what for row in rows] for rows in found[key].values()} for key in order}
