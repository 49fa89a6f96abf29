"""Canaries: every private text of the scene is a word that stands nowhere else, so that who reads it can be told.

`secrets.csv` has a line for each text of a table that leads to an account: who may read it. `own` is the account's
person; `liaison>guarantor_staff` lets the second read what is the first's, and `>liaison` what is of nobody with an
account; a part alone may read anybody's; `everyone` is public.
"""

from __future__ import annotations

import csv
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models

from tequio.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE: Final = Path(__file__).with_name("secrets.csv")
TEXTS: Final = (models.CharField, models.TextField, models.JSONField)
AS_THEY_ARE: Final = {"password", "session_data", "data", "token_sha256", "email", "recipient", "topic"}
SHORTEST: Final = 8
OWNERS: Final = ("user", "account", "recipient_account")


@dataclass(frozen=True)
class Canary:
    """A word, the field where it stands, and whose it is."""

    word: str
    field: str
    owner: str

    def may_be_read_by(self, part: str) -> bool:
        """Whether a person of the cast may read it."""
        readers = lines()[self.field]
        return ("own" in readers and part == self.owner) or bool({part, f"{self.owner}>{part}"} & readers)


@cache
def lines() -> dict[str, frozenset[str]]:
    """Return who may read each field."""
    with FILE.open(encoding="utf-8", newline="") as text:
        return {line["field"]: frozenset(line["readers"].split()) for line in csv.DictReader(text)}


def word() -> str:
    """Return a word that stands nowhere else."""
    return f"zq{secrets.token_hex(6)}"


def texts_of_people() -> Iterator[str]:
    """Yield the texts of every table that leads to an account, which need a line."""
    for model in apps.get_models():
        leads = any(field.remote_field and field.related_model is User for field in model._meta.local_fields)
        if (leads or model is User) and not model.__module__.startswith("wagtail"):
            for field in model._meta.local_fields:
                if isinstance(field, TEXTS) and not field.choices and not field.primary_key:
                    yield f"{model._meta.label}.{field.name}"


def mark(cast: Mapping[str, User]) -> None:
    """Give each person of the cast words of their own, before they do anything."""
    for person in cast.values():
        person.username, person.first_name, person.last_name = word(), word(), word()
        person.email = f"{word()}@example.mx"
        person.save()
        EmailAddress.objects.filter(user=person).update(email=person.email)


def plant(cast: Mapping[str, User]) -> list[Canary]:
    """Write a word in every private text that says something, and return them all, with those that stay as they are."""
    parts = {person.pk: part for part, person in cast.items()}
    addresses = {person.email: part for part, person in cast.items()}
    found = []
    for name in (name for name, readers in lines().items() if "everyone" not in readers):
        label, _, field = name.rpartition(".")
        model = apps.get_model(label)
        for row in model._base_manager.all():
            value = getattr(row, field)
            if value in (None, "", {}, []):
                continue
            if field not in AS_THEY_ARE and model is not User:
                value = word()
                model._base_manager.filter(pk=row.pk).update(**{field: value})
            address = str(getattr(row, "recipient", "") or getattr(row, "email", ""))
            owner = parts.get(row.pk if model is User else _account(row)) or addresses.get(address, "")
            found += [Canary(each, name, owner) for each in _words(value) if len(each) >= SHORTEST]
    return found


def _account(row: Any) -> Any:
    """Return the key of the account to which a row leads."""
    return next((getattr(row, f"{name}_id") for name in OWNERS if hasattr(row, f"{name}_id")), None)


def _words(value: Any) -> list[str]:
    """Return what of a value would betray it: of a record, each of its texts."""
    if isinstance(value, dict):
        return [each for part in value.values() for each in _words(part)]
    return [value] if isinstance(value, str) else []
