"""Packs as weapons: each is refused by name, in little time, and nothing of it is loaded."""

from __future__ import annotations

import os
import shutil
from time import process_time
from typing import TYPE_CHECKING

import pytest

from tequio.kernel.packs import PackFaulty, check_pack
from tequio.kernel.packs.folder import LARGEST, MOST_FILES
from tests.packs.broken import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.req("SI-01")

PLAN = "planes/tonalli-2023-2025/plan.yaml"
WEAPONS: dict[str, Callable[[Path], object]] = {
    "huge file": lambda pack: (pack / PLAN).write_bytes(b"a" * (LARGEST + 1)),
    "huge cell": lambda pack: (pack / "personas.csv").write_text(
        "clave,nombre,certeza,fuente\n" + "a" * 2_000_000 + ",b,c,d\n"
    ),
    "deep sections": lambda pack: (pack / PLAN).write_text("{a: " * 50_000),
    "deep lines": lambda pack: (pack / PLAN).write_text("".join(" " * n + "a:\n" for n in range(1_000))),
    "aliases": lambda pack: (pack / PLAN).write_text("a: &a [x]\nb: [" + "*a," * 100_000 + "]\n"),
    "type": lambda pack: (pack / PLAN).write_text("!!python/object/apply:os.system ['true']\n"),
    "merge": lambda pack: (pack / PLAN).write_text("plan:\n  <<: {codigo: X}\n"),
    "many documents": lambda pack: (pack / PLAN).write_text("---\na: b\n" * 1_000),
    "not text": lambda pack: (pack / PLAN).write_bytes(b"\xff\xfe\x00a" * 1_000),
    "NUL": lambda pack: (pack / PLAN).write_bytes((pack / PLAN).read_bytes().replace(b"titulo: ", b"titulo: \0", 1)),
    "many faults": lambda pack: (pack / "personas.csv").write_text(
        "clave,nombre,certeza,fuente\n" + "A,,,\n" * 100_000
    ),
    "many repeated": lambda pack: (pack / "personas.csv").write_text(
        "clave,nombre,certeza,fuente\n" + "a,b,inventado,c\n" * 100_000
    ),
    "many keys": lambda pack: (pack / PLAN).write_text("".join(f"k{number}: x\n" for number in range(100_000))),
    "folder as a file": lambda pack: ((pack / PLAN).unlink(), (pack / PLAN).mkdir()),
    "folder as a file that may be left out": lambda pack: (pack / "planes" / "tonalli-2023-2025" / "x.yaml").mkdir(),
    "fifo": lambda pack: ((pack / PLAN).unlink(), os.mkfifo(pack / PLAN)),
    "link out": lambda pack: ((pack / PLAN).unlink(), (pack / PLAN).symlink_to("/etc/hostname")),
    "linked folder": lambda pack: (pack / "planes" / "otro").symlink_to("/etc"),
    "link round": lambda pack: (pack / "planes" / "otro").symlink_to(pack),
    "many files": lambda pack: [(pack / f"x{number}.csv").touch() for number in range(MOST_FILES + 1)],
    "name that lies": lambda pack: (pack / "planes" / "a\u202elmay.yaml").write_text("a: b"),
    "name with a line": lambda pack: (pack / "a\nEn paquete.yaml.yaml").write_text("a: b"),
}


@pytest.mark.parametrize("weapon", WEAPONS)
def test_hostile_pack_is_refused_by_name_and_soon(tmp_path: Path, weapon: str) -> None:
    pack = shutil.copytree(GOOD, tmp_path / "pack")
    WEAPONS[weapon](pack)
    begun = process_time()
    with pytest.raises(PackFaulty) as refused:
        check_pack(pack)
    assert process_time() - begun < 2
    told = str(refused.value)
    assert len(told) < 200_000
    assert "\u202e" not in told
    assert all(line.startswith(("En ", "El paquete", "Hay ")) for line in told.splitlines())
    assert "/etc/" not in told.replace("«/etc", "")
