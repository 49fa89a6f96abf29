"""What the reader of packs finds wrong, where, and that it never fails in any other way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tequio.kernel.models import DatePrecision
from tequio.kernel.packs import (
    Choice,
    Color,
    Day,
    Document,
    Email,
    Integer,
    Listing,
    PackFaulty,
    PartialDay,
    Reference,
    Section,
    Slug,
    Table,
    Text,
    Url,
    YesNo,
    forward,
    read_pack,
)

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = """\
nombre: prueba
titulo: Paquete de prueba
version: "1.0"
fecha: 2021-03-31
licencia: CC BY 4.0
fuentes:
  - clave: una
    nombre: Una fuente
"""
ROWS = "clave,numero,desde,hasta,sitio,correo,color,activo,superior\n"
GOOD_ROWS = ROWS + "uno,1,2021-01-01,2021-12-31,https://a.mx,a@a.mx,#00ff00,sí,\n" + "dos,2,,,,,,no,uno\n"
GOOD_PLAN = """\
titulo: Plan
actividades:
  - texto: Primera
    inicio: 2021-03
    fin: "2021"
    fila: dos
  - texto: |
      Segunda,
      en dos renglones
principal: Primera
"""
TABLE = Table(
    (
        Slug("clave", required=True),
        Integer("numero", required=True, maximum=99),
        Day("desde"),
        Day("hasta"),
        Url("sitio"),
        Email("correo"),
        Color("color"),
        YesNo("activo"),
        Reference("superior", key="clave"),
    ),
    file="filas.csv",
    unique=("clave", ("numero", "color")),
    checks=(forward("desde", "hasta", may_be_equal=False),),
)
ACTIVITY = Section(
    "actividad",
    fields=(
        Text("texto", required=True, max_length=60),
        PartialDay("inicio"),
        PartialDay("fin"),
        Reference("fila", to=("filas.csv",), key="clave"),
        Choice("precision", choices=DatePrecision),
    ),
    checks=(forward("inicio", "fin"),),
)
PLAN = Document(
    (
        Text("titulo", required=True),
        Listing("actividades", required=True, of=ACTIVITY, unique=("texto",)),
        Reference("principal", key="actividades.texto"),
        Section("contacto", fields=(Text("nombre", required=True),)),
    ),
    file="planes/*/plan.yaml",
)


def written(folder: Path, **changes: str | bytes) -> Path:
    contents: dict[str, str | bytes] = {"manifest": MANIFEST, "rows": GOOD_ROWS, "plan": GOOD_PLAN} | changes
    names = {"manifest": "paquete.yaml", "rows": "filas.csv", "plan": "planes/uno/plan.yaml"}
    for key, name in names.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = contents[key]
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(PackFaulty) as caught:
        read_pack(folder, [TABLE, PLAN])
    assert caught.value.count == len(caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


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
    "tres,,,,,,,,": ("fila 4, «numero»", "nada", "obligatorio"),
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
        "quizá quiso escribir «numero»",
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
        "quizá quiso escribir «inicio»",
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


def test_bytes_that_are_not_utf8_are_told_by_line(tmp_path: Path) -> None:
    (fault,) = faults(
        written(tmp_path, rows=GOOD_ROWS.encode() + "tres,3,,,,,,,sí".encode("latin-1"), plan=GOOD_PLAN)
    )
    assert "filas.csv, línea 4" in fault
    assert "UTF-8" in fault


def test_missing_misspelt_and_oversized_files_are_faults(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "filas.csv").rename(tmp_path / "fila.csv")
    (tmp_path / "planes/uno/plan.yaml").write_text("x" * (5 * 1024 * 1024 + 1))
    said = " ".join(faults(tmp_path))
    assert "En fila.csv, se encontró un archivo que nadie lee" in said
    assert "quizá quiso escribir «filas.csv»" in said
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
def test_whatever_a_file_holds_the_reader_only_reads_or_refuses(
    tmp_path: Path, file: str, content: bytes
) -> None:
    try:
        read_pack(written(tmp_path, **{file: content}), [TABLE, PLAN])
    except PackFaulty as faulty:
        str(faulty).encode()
