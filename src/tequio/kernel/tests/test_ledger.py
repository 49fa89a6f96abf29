from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.kernel.canonical import canonical, sha256
from tequio.kernel.ledger import daily_roots, ledger_lines, record, verify
from tequio.kernel.models import LedgerEntry
from tequio.kernel.models.ledger import GENESIS
from tequio.kernel.tests.people import NOON

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

VERIFIER = Path(__file__).parents[4] / "verificador" / "tequio_verify.py"


def write(count: int, start: int = 0) -> list[LedgerEntry]:
    return [
        record(
            "plans.plan_published",
            f"plans.ActionPlan:P{n}",
            {"number": n, "ñ": ["á"]},
            by=None,
            at=NOON + timedelta(hours=n),
        )
        for n in range(start, start + count)
    ]


@pytest.mark.django_db
def test_entries_are_numbered_without_gaps_and_each_seals_the_one_before() -> None:
    first, second = write(2)
    assert (first.sequence, second.sequence) == (1, 2)
    assert (first.previous_hash, second.previous_hash) == (GENESIS, first.hash)
    assert list(verify(ledger_lines())) == []


@pytest.mark.django_db
def test_a_rolled_back_entry_leaves_no_gap() -> None:
    write(1)
    with transaction.atomic():
        write(1, 1)
        transaction.set_rollback(True)
    assert [entry.sequence for entry in [*LedgerEntry.objects.all(), *write(1, 2)]] == [1, 2]


@pytest.mark.django_db
def test_an_entry_is_never_dated_before_the_one_it_follows() -> None:
    record("a.b", "c", {}, by=None, at=NOON)
    late = record("a.b", "c", {}, by=None, at=NOON - timedelta(hours=2))
    assert late.recorded_at == NOON
    assert list(verify(ledger_lines())) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack",
    [
        lambda: LedgerEntry.objects.update(subject="otro"),
        lambda: LedgerEntry.objects.all().delete(),
        lambda: LedgerEntry.objects.get().save(),
    ],
)
def test_the_database_refuses_to_change_or_erase_an_entry(attack: Callable[[], object]) -> None:
    write(1)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        attack()
    assert LedgerEntry.objects.get().subject == "plans.ActionPlan:P0"


@pytest.mark.django_db
@pytest.mark.postgres
def test_postgresql_refuses_to_empty_the_ledger() -> None:
    write(1)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE kernel_ledgerentry")


@pytest.mark.django_db
def test_the_database_refuses_a_second_entry_after_the_same_one() -> None:
    first, _ = write(2)
    fork = LedgerEntry(
        sequence=3, recorded_at=NOON, kind="a", subject="b", payload={}, previous_hash=first.hash, hash="x"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        fork.save(force_insert=True)


@pytest.mark.django_db
def test_the_root_of_a_day_is_its_last_hash_in_central_mexico() -> None:
    entries = write(14)  # noon and on: twelve hours of 31 January, two of 1 February
    assert [(root.day, root.root, root.entries) for root in daily_roots()] == [
        (date(2026, 1, 31), entries[11].hash, 12),
        (date(2026, 2, 1), entries[13].hash, 2),
    ]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Six lines of a download, without a database."""
    written: list[str] = []
    previous = GENESIS
    for n in range(1, 7):
        payload = {"number": n, "files": [{"sha256": sha256(b"pal %d" % n)}]}
        entry = LedgerEntry(
            sequence=n, recorded_at=NOON, kind="plans.plan_published", subject=f"P{n % 2}", payload=payload
        )
        entry.payload_sha256, entry.previous_hash = sha256(canonical(payload).encode()), previous
        previous = entry.hash = entry.seal()
        written.append(entry.line() + "\n")
    return written


def tamper(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """Change, delete, move, insert or duplicate, somewhere; the tail may be cut too, since a root is known."""
    act = draw(st.sampled_from(["byte", "field", "delete", "swap", "duplicate", "insert"]))
    at = draw(st.integers(0, len(lines) - 1))
    other = draw(st.integers(0, len(lines) - 1).filter(lambda n: n != at))
    forged, line = list(lines), lines[at]
    if act == "byte":
        spot = draw(st.integers(0, len(line) - 2))
        character = draw(st.characters(exclude_categories=("Cs",)).filter(lambda c: c not in (line[spot], "\n", "\r")))
        forged[at] = line[:spot] + character + line[spot + 1 :]
    elif act == "field":
        entry = json.loads(line)
        entry[draw(st.sampled_from(sorted(entry)))] = draw(st.sampled_from([0, None, "x", {"number": 99}, True]))
        forged[at] = canonical(entry) + "\n"
    elif act == "delete":
        del forged[at]
    elif act == "swap":
        forged[at], forged[other] = forged[other], forged[at]
    elif act == "duplicate":
        forged.insert(other, line)
    else:
        entry = LedgerEntry(sequence=at + 1, recorded_at=NOON, kind="x", subject="y", payload={})
        entry.payload_sha256 = sha256(b"{}")
        entry.previous_hash = json.loads(line)["previous_hash"]
        entry.hash = entry.seal()
        forged.insert(at, entry.line() + "\n")
    return forged


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_tampering_is_found_by_the_house_and_by_the_stand_alone_verifier(
    lines: list[str], verifier: ModuleType, data: st.DataObject
) -> None:
    forged = tamper(data.draw, lines)
    root = json.loads(lines[-1])["hash"]
    assert list(verify(forged, roots=[root]))
    hashes: set[str] = set()
    faults = list(verifier.check_chain([line.rstrip("\n") for line in forged], hashes, {}))
    assert faults or root not in hashes


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tequio_verify", VERIFIER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_verifier(*arguments: object) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_verifier_needs_nothing_but_python_and_says_what_broke_and_where(lines: list[str], tmp_path: Path) -> None:
    download, files = tmp_path / "registro.jsonl", tmp_path / "archivos"
    files.mkdir()
    (files / "pal.pdf").write_bytes(b"pal 3")
    root = json.loads(lines[-1])["hash"]
    download.write_text("".join(lines), encoding="utf-8")
    code, said = run_verifier(download, "--archivos", files, "--raiz", root)
    assert (code, said) == (0, "«pal.pdf» consta en el asiento 3.\nAsientos: 6. Fallas: 0.\n")

    (files / "pal.pdf").write_bytes(b"pal 3, retocado")
    code, said = run_verifier(download, "--archivos", files)
    assert code == 1
    assert "«pal.pdf» no consta en el registro" in said

    download.write_text("".join(lines[:2] + lines[3:]), encoding="utf-8")
    code, said = run_verifier(download)
    assert code == 1
    assert "Línea 3, asiento 4: debía ser el 3; falta, sobra o se movió un asiento." in said

    download.write_text("".join(lines[:5]), encoding="utf-8")
    assert run_verifier(download)[0] == 0
    assert run_verifier(download, "--raiz", root) == (
        1,
        f"Ningún asiento tiene la raíz {root}.\nAsientos: 5. Fallas: 1.\n",
    )


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"no es JSON\n", b"[1]\n", b"{}\n", b'{"sequence":1}\n', b"[" * 100_000]
)
def test_the_verifier_answers_a_broken_download_with_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "r").write_bytes(content)
    code, said = run_verifier(tmp_path / "r")
    assert code in {1, 2}
    assert "Traceback" not in said


def test_the_verifier_is_short_and_stands_alone() -> None:
    text = VERIFIER.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    assert "tequio." not in text
    assert run_verifier("no-existe")[0] == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_at_once_write_one_unbroken_chain() -> None:
    barrier = Barrier(8)

    def write_five(number: int) -> None:
        barrier.wait()
        for n in range(5):
            record("a.b", f"{number}", {"n": n}, by=None, at=NOON)
        connection.close()

    threads = [Thread(target=write_five, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.sequence for entry in LedgerEntry.objects.all()] == list(range(1, 41))
    assert list(verify(ledger_lines())) == []
