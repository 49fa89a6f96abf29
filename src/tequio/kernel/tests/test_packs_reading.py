"""What the reader of packs finds wrong inside a file, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tequio.kernel.packs import read_pack
from tequio.kernel.tests.sample_pack import GOOD_PLAN, GOOD_ROWS, PLAN, ROWS, TABLE, faults, written

if TYPE_CHECKING:
    from pathlib import Path


def test_a_good_pack_reads_as_typed_records_that_know_their_place(tmp_path: Path) -> None:
    pack = read_pack(written(tmp_path, rows=b"\xef\xbb\xbf" + GOOD_ROWS.encode()), [TABLE, PLAN])
    first, second = pack.records["filas.csv"]
    assert (first["numero"], first["activo"], second["activo"], second["desde"]) == (1, True, False, None)
    assert str(second.place("numero")) == "filas.csv, fila 3, «numero»"
    (plan,) = pack.records["planes/*/plan.yaml"]
    start, end = plan["actividades"][0]["inicio"], plan["actividades"][0]["fin"]
    assert (str(start.first), str(start.last), start.precision) == ("2021-03-01", "2021-03-31", "month")
    assert (str(end.first), str(end.last), end.text) == ("2021-01-01", "2021-12-31", "2021")
    assert plan["actividades"][1]["texto"] == "Segunda,\nen dos renglones"
    assert plan["contacto"] is None
    assert str(plan["actividades"][0].place("fin")) == ("planes/uno/plan.yaml, línea 5, «actividades[1].fin»")


ROW_FAULTS = {
    "Uno,3,,,,,,,": ("fila 4, «clave»", "«Uno»", "minúsculas"),
    "uno,3,,,,,,,": ("fila 4, «clave»", "«uno»", "sin repetir"),
    "tres,1,,,,,#00ff00,,": ("fila 4, «color»", "«#00ff00»", "sin repetir de numero y color"),
    "tres,,,,,,,,": ("fila 4, «numero»", "un valor vacío", "obligatorio"),
    "tres,1.0,,,,,,,": ("fila 4, «numero»", "«1.0»", "número entero"),
    "tres,٣,,,,,,,": ("fila 4, «numero»", "«٣»", "número entero"),
    "tres,100,,,,,,,": ("fila 4, «numero»", "«100»", "de 0 a 99"),
    "tres,-1,,,,,,,": ("fila 4, «numero»", "«-1»", "de 0 a 99"),
    "tres,3,2021-02-30,,,,,,": ("fila 4, «desde»", "«2021-02-30»", "que exista"),
    "tres,3,2021-02,,,,,,": ("fila 4, «desde»", "«2021-02»", "AAAA-MM-DD"),
    "tres,3,0000-01-01,,,,,,": ("fila 4, «desde»", "«0000-01-01»", "que exista"),
    "tres,3,2021-02-03,2021-02-01,,,,,": ("fila 4, «hasta»", "«2021-02-01»", "posterior a «desde»"),
    "tres,3,2021-02-03,2021-02-03,,,,,": ("fila 4, «hasta»", "«2021-02-03»", "posterior a «desde»"),
    "tres,3,,,javascript:alert(1),,,,": ("fila 4, «sitio»", "javascript", "https://"),
    "tres,3,,,,sin arroba,,,": ("fila 4, «correo»", "«sin arroba»", "un correo"),
    "tres,3,,,,,verde,,": ("fila 4, «color»", "«verde»", "un color"),
    "tres,3,,,,,,tal vez,": ("fila 4, «activo»", "«tal vez»", "«sí» o «no»"),
    "tres,3,,,,,,,nadie": ("fila 4, «superior»", "«nadie»", "«clave» en filas.csv"),
    "tres,3,,,,,,": ("fila 4", "una fila de 8 celdas", "9 celdas"),
    "tr\x00es,3,,,,,,,": ("fila 4, «clave»", "«tr[U+0000]es»", "invisibles"),
    "tr\u202ees,3,,,,,,,": ("fila 4, «clave»", "[U+202E]", "invisibles"),
    f"{'t' * 61},3,,,,,,,": ("fila 4, «clave»", "ttt", "60 caracteres (hay 61)"),
    '"tres,3,,,,,,,': ("fila 4", "no es CSV", "comillas"),
}


@pytest.mark.parametrize("row", ROW_FAULTS)
def test_a_fault_of_a_row_is_told_by_file_row_and_field(tmp_path: Path, row: str) -> None:
    (fault,) = faults(written(tmp_path, rows=f"{GOOD_ROWS}{row}\n"))
    place, found, expected = ROW_FAULTS[row]
    assert fault.startswith(f"En filas.csv, {place}, se encontró")
    assert found in fault
    assert expected in fault


HEADERS = {
    ROWS.replace("numero", "número"): (
        "desconocida «número»",
        "quizá quisiste escribir «numero»",
        "sin la columna «numero»",
    ),
    ROWS.replace("desde", "clave"): ("la columna «clave» más de una vez",),
    ROWS.replace(",", ";"): ("separado por comas",),
}


@pytest.mark.parametrize("header", HEADERS)
def test_a_faulty_header_is_told_once_and_its_rows_are_not_accused(tmp_path: Path, header: str) -> None:
    said = faults(written(tmp_path, rows=f"{header}x,x\nx,x\n", plan=GOOD_PLAN))
    assert all(fault.startswith("En filas.csv, fila 1, ") for fault in said)
    assert all(any(words in fault for fault in said) for words in HEADERS[header])


PLAN_FAULTS = {
    "titulo: Plan\nactividades:\n - texto: a\n   inico: 2021\n": (
        "línea 4, «actividades[1].inico»",
        "quizá quisiste escribir «inicio»",
    ),
    "titulo: Plan\nactividades:\n - texto: a\n   inicio: 2021-13\n": (
        "línea 4, «actividades[1].inicio»",
        "«2021-13»",
    ),
    "titulo: Plan\nactividades:\n - texto: a\n   inicio: 2021-05\n   fin: 2021-04\n": (
        "línea 5, «actividades[1].fin»",
        "posterior",
    ),
    "titulo: Plan\nactividades:\n - texto: a\n - texto: a\n": (
        "línea 4, «actividades[2].texto»",
        "sin repetir",
    ),
    "titulo: Plan\nactividades:\n - texto: a\n   fila: cero\n": (
        "línea 4, «actividades[1].fila»",
        "en filas.csv",
    ),
    "titulo: Plan\nactividades:\n - texto: a\n   precision: Día y medio\n": (
        "«actividades[1].precision»",
        "Día, Mes",
    ),
    "titulo: Plan\nactividades:\n - texto: a\nprincipal: b\n": (
        "línea 4, «principal»",
        "«actividades.texto»",
    ),
    "titulo: Plan\nactividades:\n - texto: [a]\n": ("línea 3, «actividades[1].texto»", "un texto"),
    "titulo: Plan\nactividades:\n - a\n": ("línea 3, «actividades[1]»", "una sección con claves"),
    "titulo: Plan\nactividades: ninguna\n": ("línea 2, «actividades»", "una lista"),
    "titulo: Plan\nactividades: []\n": ("línea 2, «actividades»", "al menos un elemento"),
    "titulo: Plan\ntitulo: Otro\nactividades:\n - texto: a\n": ("línea 2, «titulo»", "más de una vez"),
    "actividades:\n - texto: a\n": ("«titulo»", "obligatorio"),
    "titulo: Plan\nactividades:\n - texto: a\ncontacto:\n  nombre:\n": (
        "línea 5, «contacto.nombre»",
        "obligatorio",
    ),
    "titulo: &a Plan\nactividades: *a\n": ("línea 1, «titulo»", "ancla"),
    "titulo: !!python/object:os.system Plan\n": ("línea 1, «titulo»", "etiqueta"),
    "? [a]\n: b\n": ("línea 1", "clave que no es texto"),
    f"titulo: {'[' * 50}{']' * 50}\n": ("línea 1", "más de 20 niveles"),
    "titulo: a\n---\ntitulo: b\n": ("planes/uno/plan.yaml", "más de un documento"),
    "titulo: 'a\n": ("línea 2", "no es YAML"),
    'titulo: "\\ud800"\nactividades:\n - texto: a\n': ("línea 1", "no es YAML"),
    "- lista\n": ("planes/uno/plan.yaml", "una sección con claves"),
    "": ("planes/uno/plan.yaml", "un archivo vacío"),
    "# sólo un comentario\n": ("planes/uno/plan.yaml", "sin datos"),
}


@pytest.mark.parametrize("plan", PLAN_FAULTS)
def test_a_fault_of_a_document_is_told_by_file_line_and_path(tmp_path: Path, plan: str) -> None:
    said = faults(written(tmp_path, plan=plan))
    place, words = PLAN_FAULTS[plan]
    assert any(place in fault and words in fault for fault in said), said
    assert all(fault.startswith("En planes/uno/plan.yaml") for fault in said)
