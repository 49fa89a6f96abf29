"""Every field that may hold something of a person is declared: what for and how long; or that it does not."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tequio.accounts.enums import NoticeKey
from tequio.accounts.models import Person, User
from tequio.kernel.models import WrittenOnce
from tequio.kernel.personal import WHOLE, Declaration, Ending, Impersonal, Personal, personal, registry, until_closed
from tests.house.source import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TELLING = (models.CharField, models.TextField, models.FileField, models.JSONField, models.BinaryField,
           models.GenericIPAddressField)  # fmt: skip
SENSITIVE = re.compile(r"sex|gender|birth\w*|age|phone|mail|address\w*|latitude|longitude")


def may_tell(field: Any) -> bool:
    """Tell whether a field may hold something of a person: it points at one, is written freely, or is named so."""
    if points_at_person(field) or SENSITIVE.fullmatch(field.name):
        return True
    return isinstance(field, TELLING) and not field.choices and not field.primary_key


def points_at_person(field: Any) -> bool:
    return bool(field.remote_field) and field.related_model in {User, Person}


def our_own(label: str) -> bool:
    return (PRODUCT / label.partition(".")[0]).is_dir()


def missing(tables: Iterable[type[models.Model]], rows: Iterable[Declaration]) -> Iterator[str]:
    """Yield the fields in no row, with the line to add."""
    declared: dict[str, set[str]] = {}
    for row in rows:
        declared.setdefault(row.table, set()).update(row.names)
    for table in tables:
        label, said = table._meta.label, declared.get(table._meta.label, set())
        telling = [field for field in [*table._meta.local_fields, *table._meta.local_many_to_many] if may_tell(field)]
        left = [field for field in telling if field.name not in said]
        people = [field.name for field in left if points_at_person(field)]
        words = [field.name for field in left if not points_at_person(field)]
        where = f"in no row of src/tequio/{table._meta.app_label}/personal.py (docs/privacy.md)"
        if people:
            yield f'{label}: {" ".join(people)} {where}: add history("{label}", "{people[0]}", "Lo que…", …) or another'
        if words and (our_own(label) or WHOLE not in said):
            names = " ".join(words)
            yield f'{label}: {names} {where}: add Impersonal("{label}", "{names}"), or Personal(…) if of people'


def wrong(row: Declaration) -> Iterator[str]:
    """Yield what is false in a row."""
    if row.fields == WHOLE:
        if our_own(row.table):
            yield f"{row.table}: name each field of our own tables"
        return
    known = {field.name for field in row.model._meta.get_fields()}
    yield from (f"{row.table} has no field {name}" for name in set(row.names) - known)
    if isinstance(row, Impersonal):
        pointing = [name for name in row.names if name in known and points_at_person(row.model._meta.get_field(name))]
        yield from (f"{row.table}.{name} points at a person: declare it Personal" for name in pointing)
    if isinstance(row, Personal):
        if row.after and row.after.field.partition("__")[0] not in known:
            yield f"{row.table} has no field {row.after.field}"
        if row.with_account and not row.owner:
            yield f"{row.table}: what ends with the account needs its owner"
        ends = row.ending in {Ending.ERASED, Ending.BLANKED}
        if ends and not (row.after or row.with_account):
            yield f"{row.table}: say when it ends"
        if ends and issubclass(row.model, WrittenOnce):
            yield f"{row.table} is written once: nothing of a person may be written there"


def test_every_field_is_declared() -> None:
    tables = [table for table in apps.get_models() if not table._meta.proxy]
    assert list(missing(tables, registry())) == []


def test_every_row_is_true() -> None:
    assert [fault for row in registry() for fault in wrong(row)] == []
    named = Counter((row.table, name) for row in registry() for name in row.names)
    assert [field for field, times in named.items() if times > 1] == []


@pytest.mark.django_db
def test_every_row_leads_to_its_people(stranger: User) -> None:
    assert {row.table for row in personal() if row.rows_of(stranger)} == {"accounts.User"}


@isolate_apps("tequio.kernel")
def test_an_undeclared_field_is_found() -> None:
    body = {"__module__": "tequio.kernel.models", "note": models.TextField(), "sex": models.CharField(choices=["f"])}
    body |= {"who": models.ForeignKey(User, on_delete=models.CASCADE), "size": models.IntegerField()}
    table = type("Diary", (models.Model,), body)
    found = [fault.partition(" in no row")[0] for fault in missing([table], ())]
    assert found == ["kernel.Diary: who", "kernel.Diary: note sex"]
    assert list(missing([table], [Impersonal("kernel.Diary", "note sex who")])) == []
    assert len(list(missing([table], [Impersonal("kernel.Diary", WHOLE)]))) == 2


def test_a_person_in_a_table_written_once_is_found() -> None:
    row = until_closed("kernel.StatusChange", "changed_by", "x", NoticeKey.ACCOUNT, "changed_by=username")
    assert list(wrong(row)) == ["kernel.StatusChange is written once: nothing of a person may be written there"]


def test_a_person_called_impersonal_is_found() -> None:
    assert list(wrong(Impersonal("accounts.Role", "user nothing"))) == [
        "accounts.Role has no field nothing",
        "accounts.Role.user points at a person: declare it Personal",
    ]
