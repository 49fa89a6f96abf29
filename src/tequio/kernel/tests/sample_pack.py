"""A small pack and its schema, for the tests of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
