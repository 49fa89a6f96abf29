"""What the reader of packs says of files; whatever they hold, it reads or refuses, and nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tequio.kernel.packs import PackFaulty, read_pack
from tequio.kernel.tests.sample_pack import (
    GOOD_PLAN,
    GOOD_ROWS,
    MANIFEST,
    PLAN,
    ROWS,
    TABLE,
    faults,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_bytes_that_are_not_utf8_are_told_by_line(tmp_path: Path) -> None:
    (fault,) = faults(written(tmp_path, rows=GOOD_ROWS.encode() + "tres,3,,,,,,,sí".encode("latin-1"), plan=GOOD_PLAN))
    assert "filas.csv, línea 4" in fault
    assert "UTF-8" in fault


def test_missing_misspelt_and_oversized_files_are_faults(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "filas.csv").rename(tmp_path / "fila.csv")
    (tmp_path / "planes/uno/plan.yaml").write_text("x" * (5 * 1024 * 1024 + 1))
    said = " ".join(faults(tmp_path))
    assert "En fila.csv, se encontró un archivo que nadie lee" in said
    assert "quizá quisiste escribir «filas.csv»" in said
    assert "En filas.csv, se encontró que el archivo no está" in said
    assert "5 MB" in said


def test_links_and_things_that_are_no_files_are_refused(tmp_path: Path) -> None:
    pack, outside = tmp_path / "pack", tmp_path / "outside.csv"
    outside.write_text(GOOD_ROWS)
    written(pack)
    (pack / "filas.csv").unlink()
    (pack / "filas.csv").symlink_to(outside)
    (pack / "otra").symlink_to(tmp_path)
    os.mkfifo(pack / "planes/uno/cola.csv")
    said = " ".join(faults(pack))
    assert said.count("un enlace a otro lugar") == 2
    assert "planes/uno/cola.csv" in said


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert "paquete.yaml" in faults(tmp_path / "nada")[0]


def test_many_faults_are_counted_and_the_first_200_told(tmp_path: Path) -> None:
    rows = "".join(f"c{n},x,,,,,,,\n" for n in range(250))
    with pytest.raises(PackFaulty) as caught:
        read_pack(written(tmp_path, rows=ROWS + rows), [TABLE, PLAN])
    assert (caught.value.count, len(caught.value.faults)) == (250, 200)
    assert str(caught.value).startswith("El paquete tiene 250 fallas. No se cargó nada.")
    assert str(caught.value).endswith("Hay 50 fallas más, que no se muestran.")


def test_more_faults_than_anyone_mends_at_once_end_the_reading(tmp_path: Path) -> None:
    rows = "".join(f"c{n},x,,,,,,,\n" for n in range(1_500))
    with pytest.raises(PackFaulty) as caught:
        read_pack(written(tmp_path, rows=ROWS + rows), [TABLE, PLAN])
    assert len(caught.value.faults) == 200
    assert str(caught.value).startswith("El paquete tiene más de 1000 fallas. No se cargó nada.")
    assert str(caught.value).endswith("Hay muchas fallas más, que ya no se leyeron.")


@pytest.mark.parametrize("name", ["filas.csv", "planes/uno/otro.YAML"])
def test_a_folder_with_the_name_of_a_file_is_told(tmp_path: Path, name: str) -> None:
    pack = written(tmp_path)
    (pack / name).unlink(missing_ok=True)
    (pack / name).mkdir(parents=True)
    assert f"En {name}, se encontró una carpeta con nombre de archivo" in " ".join(faults(pack))


LINES = st.lists(st.sampled_from([*GOOD_ROWS.splitlines(), *GOOD_PLAN.splitlines(), *MANIFEST.splitlines()]))
CONTENT = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(alphabet=" \n-:[]{}&*!|>'\"#?,%@`a1\\u\ud800", max_size=80).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    ),
    LINES.map(lambda lines: "\n".join(lines).encode()),
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(file=st.sampled_from(["manifest", "rows", "plan"]), content=CONTENT)
def test_whatever_a_file_holds_the_reader_only_reads_or_refuses(tmp_path: Path, file: str, content: bytes) -> None:
    try:
        read_pack(written(tmp_path, **{file: content}), [TABLE, PLAN])
    except PackFaulty as faulty:
        str(faulty).encode()
