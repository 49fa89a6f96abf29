"""The columns of the two sheets: for the template, its dictionary, and the recognition of headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from tequio.kernel.spanish import fold

PARENTHESIS: Final = re.compile(r"\([^)]*\)")
VERSION: Final = "2026-11"
"""The template's edition, in its file by `MARK`; it changes when a column does."""
MARK: Final = "hoja_de_ruta_version"
RESULT: Final = "Resultado final"
MOST_ROWS: Final = 500
LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 2_000
LONGEST_HEADING: Final = 200
"""How much of a cell is looked at to know whether it is a heading, a choice or a word."""
LONGEST_KEY: Final = 20
MOST_KEYS: Final = 50


class Holds(Enum):
    """What a column's cells hold."""

    KEY = auto()
    KEYS = auto()
    LINE = auto()
    TEXT = auto()
    DAY = auto()
    NUMBER = auto()
    KIND = auto()
    FREQUENCY = auto()


@dataclass(frozen=True)
class Column:
    """One column: the field of the value that it fills, and how people know it."""

    field: str
    heading: str
    holds: Holds
    width: int
    said: str
    example: str
    others: tuple[str, ...] = ()
    """Other headings by which it is known, folded."""
    is_needed: bool = False
    """Whether a row without it is a fault."""
    is_asked: bool = True
    """Whether a cell without it is told as missing."""

    @property
    def brief(self) -> str:
        """What it holds, to go on with a sentence."""
        first = self.said.partition(". ")[0].rstrip(".")
        return first[0].lower() + first[1:]


@dataclass(frozen=True)
class Table:
    """A sheet of the template."""

    name: str
    columns: tuple[Column, ...]
    anchor: str
    """The field without whose heading a row is not this table's headings."""
    plural: str
    known: dict[str, Column] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        """Know every column by each of its headings."""
        for column in self.columns:
            self.known.update(dict.fromkeys([bare(column.heading), *column.others], column))


def bare(heading: str) -> str:
    """Return a heading without case, accents, signs or what it has in parentheses."""
    words = re.findall(r"[^\W_]+", fold(PARENTHESIS.sub(" ", heading[:LONGEST_HEADING])))
    return " ".join(words)


STEPS: Final = Table(
    "Actividades",
    (
        Column(
            "key",
            "Clave",
            Holds.KEY,
            8,
            "Un nombre corto que no se repite. Letras, números, puntos y guiones; sin espacios.",
            "A1",
            ("no", "n o", "num", "numero", "id", "codigo", "clave de la actividad"),
            is_needed=True,
        ),
        Column(
            "kind",
            "Tipo",
            Holds.KIND,
            10,
            "Actividad: dura de un día a otro. Hito: ocurre en un solo día. Vacío es Actividad.",
            "Actividad",
            ("tipo de actividad", "actividad o hito"),
            is_asked=False,
        ),
        Column(
            "text",
            "Actividad",
            Holds.TEXT,
            34,
            "Qué se hará, con un verbo.",
            "Publicar el padrón de obras en la página del municipio",
            (
                "actividades",
                "actividad o hito a realizar",
                "descripcion",
                "descripcion de la actividad",
                "accion",
                "nombre de la actividad",
                "tarea",
            ),
            is_needed=True,
        ),
        Column(
            "starts",
            "Inicio",
            Holds.DAY,
            11,
            "El primer día: día, mes y año de cuatro cifras.",
            "15/04/2027",
            ("fecha de inicio", "fecha inicio", "inicia", "comienzo", "fecha inicial"),
        ),
        Column(
            "ends",
            "Término",
            Holds.DAY,
            11,
            "El último día. Un hito solo lleva este día.",
            "30/06/2027",
            (
                "fecha de termino",
                "fecha termino",
                "fecha de conclusion",
                "conclusion",
                "fin",
                "fecha de fin",
                "fecha fin",
                "termina",
                "fecha final",
                "fecha de finalizacion",
                "finalizacion",
            ),
        ),
        Column(
            "after",
            "Depende de",
            Holds.KEYS,
            11,
            "Las claves de lo que debe terminar antes de que esto empiece, separadas por comas. Vacío si de nada.",
            "A1, A2",
            ("dependencias", "dependencia", "depende", "predecesoras", "predecesora"),
            is_asked=False,
        ),
        Column(
            "responsible",
            "Persona responsable",
            Holds.LINE,
            20,
            "Nombre de la persona servidora pública que responde.",
            "María Hernández Cruz",
            (
                "responsable",
                "nombre del responsable",
                "nombre de la persona responsable",
                "servidor publico responsable",
                "persona servidora publica responsable",
            ),
        ),
        Column(
            "post",
            "Cargo",
            Holds.LINE,
            19,
            "Su cargo.",
            "Titular de la Unidad de Transparencia",
            ("cargo del responsable", "cargo de la persona responsable", "puesto", "cargo o puesto"),
        ),
        Column(
            "institution",
            "Institución responsable",
            Holds.LINE,
            20,
            "La institución en la que trabaja.",
            "Ayuntamiento",
            (
                "institucion",
                "dependencia responsable",
                "area responsable",
                "unidad responsable",
                "area",
                "ente publico",
            ),
        ),
        Column(
            "partner",
            "Organización corresponsable",
            Holds.LINE,
            22,
            "La organización de la sociedad civil que responde con la institución.",
            "Vecinas por el Agua, A. C.",
            (
                "corresponsable",
                "organizacion de la sociedad civil corresponsable",
                "organizacion",
                "osc corresponsable",
                "organizacion de la sociedad civil",
            ),
        ),
        Column(
            "partner_person",
            "Persona corresponsable",
            Holds.LINE,
            22,
            "Quién responde por esa organización.",
            "Juan Pérez Luna",
            ("nombre del corresponsable", "representante de la organizacion"),
        ),
        Column(
            "product",
            "Producto esperado",
            Holds.TEXT,
            24,
            "Lo que existirá al terminar.",
            "Padrón de obras en datos abiertos",
            ("productos esperados", "producto", "productos", "entregable", "entregables"),
        ),
        Column(
            "verification",
            "Medio de verificación",
            Holds.TEXT,
            24,
            "Dónde podrá comprobarlo cualquier persona.",
            "Dirección de la página con el padrón",
            ("medios de verificacion", "medio de verificacion", "evidencia", "evidencias"),
        ),
    ),
    anchor="text",
    plural="actividades",
)

INDICATORS: Final = Table(
    "Indicadores",
    (
        Column(
            "name",
            "Indicador",
            Holds.LINE,
            28,
            "Qué se mide.",
            "Obras con expediente publicado",
            ("indicadores", "nombre del indicador"),
            is_needed=True,
        ),
        Column(
            "step",
            "Clave de la actividad",
            Holds.KEY,
            10,
            "La actividad que mide. Vacío si mide toda la hoja de ruta.",
            "A1",
            ("actividad", "clave", "clave de actividad"),
            is_asked=False,
        ),
        Column(
            "baseline",
            "Línea base",
            Holds.NUMBER,
            10,
            "Cuánto hay al empezar. Solo la cifra, con punto decimal.",
            "12",
            ("linea de base", "valor inicial", "linea basal"),
        ),
        Column(
            "target",
            "Meta",
            Holds.NUMBER,
            10,
            "Cuánto habrá al terminar. Solo la cifra, con punto decimal.",
            "120",
            ("valor meta", "meta final"),
        ),
        Column(
            "unit",
            "Unidad",
            Holds.LINE,
            14,
            "En qué se mide.",
            "obras",
            ("unidad de medida", "unidades"),
        ),
        Column(
            "formula",
            "Fórmula",
            Holds.TEXT,
            32,
            "Cómo se calcula, en palabras.",
            "Obras con expediente publicado entre obras en marcha, por 100",
            ("metodo de calculo", "formula de calculo"),
        ),
        Column(
            "frequency",
            "Frecuencia",
            Holds.FREQUENCY,
            13,
            "Cada cuándo se mide.",
            "Trimestral",
            ("frecuencia de medicion", "periodicidad"),
        ),
        Column(
            "source",
            "Fuente",
            Holds.TEXT,
            24,
            "De dónde sale el dato.",
            "Registro de la Dirección de Obras Públicas",
            ("fuente de informacion", "fuente de datos"),
        ),
    ),
    anchor="name",
    plural="indicadores",
)
TABLES: Final = (STEPS, INDICATORS)
OWN_DICTIONARY: Final = "Diccionario"
OWN_GUIDE: Final = "Cómo llenarla"
OWN: Final = frozenset({OWN_DICTIONARY, OWN_GUIDE})
"""Sheets of the template that hold no data."""
OTHERS: Final = (
    ("la lista de un árbol de problemas", frozenset({"tipo", "texto"})),
    ("la exportación de compromisos de la OGP", frozenset({"commitment title", "lead institution"})),
    ("un conjunto de datos abiertos del plan", frozenset({"compromiso", "inicio texto"})),
)
"""Other tables that people confuse with this one, by headings that tell them."""
