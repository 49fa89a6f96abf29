from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from tequio.kernel.immutable import protect, release
from tequio.kernel.invariants import Invariant, registered, written_once_protected
from tequio.kernel.ledger import record
from tequio.kernel.models import LedgerEntry, WrittenOnce
from tequio.kernel.tests.people import NOON

pytestmark = pytest.mark.django_db


def test_all_hold_on_a_fresh_record_and_each_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    record("a.b", "c", {}, by=None, at=NOON)
    call_command("check_invariants")
    assert capsys.readouterr().out.splitlines() == [f"✓ {invariant.sentence}" for invariant in registered]


def test_a_fault_is_printed_and_fails_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    record("a.b", "c", {}, by=None, at=NOON)
    with connection.cursor() as cursor:
        release(cursor, connection.vendor, LedgerEntry._meta.db_table)
        LedgerEntry.objects.update(subject="otro")
    with pytest.raises(CommandError, match="Fallas: "):
        call_command("check_invariants")
    out = capsys.readouterr().out
    assert "✗ El registro público es una sola cadena sin roturas\n    Línea 1: sus datos no son" in out
    assert "Falta el disparador kernel_ledgerentry_refuse_" in out


def test_a_check_of_a_room_is_run_with_the_others() -> None:
    registered.append(Invariant("Nunca", lambda: iter(["siempre"])))
    try:
        with pytest.raises(CommandError, match="Fallas: 1"):
            call_command("check_invariants")
    finally:
        registered.pop()


def test_every_model_that_is_written_once_is_protected_and_protecting_twice_does_no_harm() -> None:
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, WrittenOnce)]
    assert len(tables) >= 4
    with connection.cursor() as cursor:
        for table in tables:
            protect(cursor, connection.vendor, table)
    assert list(written_once_protected()) == []
