"""What the gallery shows: invented, and as long as names really are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from tequio.kernel import accents
from tequio.kernel.components import Branch, Choice, Claim, Fact, Filter, Link, Sheet, Stage, Voice
from tequio.kernel.figures.problem_tree import problem_tree
from tequio.kernel.figures.roadmap import Roadmap, Row, roadmap
from tequio.kernel.figures.stacked_bar import Part
from tequio.kernel.figures.tile_map import Tile, tile_map
from tequio.kernel.statuses import TONES

if TYPE_CHECKING:
    from tequio.kernel.figures.svg import Markup

INSTITUTE: Final = (
    "Instituto de Caminos Vecinales, Aguas Compartidas, Archivos Comunitarios y Bibliotecas Públicas "
    "del Estado de Sierra Clara y Municipios"
)
PLEDGE: Final = (
    "Publicar cada mes cuánta agua entra, cuánta se reparte y cuánta se pierde en las 38 comunidades de la cuenca"
)
PROBLEM: Final = "Las comunidades de la cuenca no saben cuánta agua reciben ni cómo se decide su reparto."
CAUSES: Final = (
    "Los medidores de la red principal se instalaron en 1998 y 21 de 38 ya no funcionan",
    "Cada comité anota el reparto en libretas propias, sin un formato común ni fecha de entrega",
    "La ley no dice quién responde cuando una comunidad pide sus datos y nadie contesta",
)
EFFECTS: Final = (
    "Hay conflictos entre barrios en la temporada seca",
    "Las escuelas suspenden clases por falta de agua",
    "El presupuesto de mantenimiento se asigna sin datos y llega tarde",
    "Se compran pipas a precios muy distintos en comunidades vecinas",
    "Las fugas se reportan de palabra y no se atienden",
    "La gente desconfía de los comités y deja de participar en las asambleas",
    "No se puede planear el riego de temporal",
    "Las mujeres dedican hasta cuatro horas al día a acarrear agua",
    "Se perforan pozos sin permiso",
    "Crece la deuda de los comités con la comisión de electricidad",
)
PLACES: Final = (
    "Ahuehuetes",
    "Barranca Honda",
    "Cañada de los Fresnos",
    "El Mirador",
    "Los Encinos",
    "Ojo de Agua",
)
DAY: Final = dt.date(2021, 4, 16)


def everything() -> dict[str, Any]:
    """Return the gallery's context."""
    return {
        "institute": INSTITUTE,
        "pledge": PLEDGE,
        "day": DAY,
        "instant": dt.datetime(2021, 4, 17, 0, 0, tzinfo=dt.UTC),
        "colours": colours(),
        "words": list(TONES),
        **reading(),
        **moving(),
        **drawn(),
    }


def colours() -> list[dict[str, Any]]:
    """Return each ink with the paper it is read on and their contrast ratio."""
    pairs = [
        ("Tinta", accents.INK, accents.PAPER, "f-ink"),
        ("Barro, acento", accents.CLAY, accents.PAPER, "f-strong"),
        ("Barro de noche", accents.at_night(accents.CLAY), accents.NIGHT, "f-mid"),
        ("Gris cálido", "625a52", accents.PAPER, "f-grey"),
        ("Alarma", "5e2412", accents.PAPER, "f-ink"),
    ]
    return [
        {"name": name, "hex": f"#{ink}", "on": f"#{paper}", "ratio": f"{accents.contrast(ink, paper):.1f}"}
        for name, ink, paper, _ in pairs
    ]


def reading() -> dict[str, Any]:
    """Return what the components made of words are given."""
    return {
        "trail": [
            Link("Inicio", "/"),
            Link("Ejercicio de Sierra Clara 2024-2026", "#"),
            Link("Compromiso 2"),
        ],
        "facts": [
            Fact("Responde", "Dirección General de Aguas Compartidas y Caminos Vecinales"),
            Fact("Fecha de término", "", missing="Al concluir el proceso"),
            Fact("Problema que atiende", "Reparto del agua", "#arbol"),
            Fact("Siguiente hito", "Padrón de medidores, 30 jul 2021"),
        ],
        "form": [
            Fact("Institución responsable", INSTITUTE),
            Fact("¿Cuál es la problemática pública que el compromiso atenderá?", PROBLEM),
            Fact("Otros actores involucrados", ""),
            Fact("Fecha de inicio y término", "", missing="Por definir en la primera sesión"),
        ],
        "claims": [
            Claim("Formulario del compromiso 2, página 31", "Inicia el 15 de marzo de 2021"),
            Claim("Hoja de ruta, renglón 14", "Inicio: mayo"),
        ],
        "branch": Branch(
            PROBLEM,
            "Problema central",
            children=(
                Branch("Causas", children=tuple(Branch(text, f"Causa {at}") for at, text in enumerate(CAUSES, 1))),
                Branch(
                    "Efectos",
                    children=tuple(Branch(text, f"Efecto {at}") for at, text in enumerate(EFFECTS, 1)),
                ),
            ),
        ),
        "quote": "Nos comprometemos a decir la verdad sobre el agua.\n\nAunque <b>incomode</b>.",
    }


def moving() -> dict[str, Any]:
    """Return what the components of progress and of lists are given."""
    return {
        "voices": [
            Voice("Institución", "Completo", "Reporte de la titular", DAY),
            Voice("Evidencia", "Limitado", "2 de 4 actividades con evidencia validada"),
            Voice("Sociedad civil", "No consta", "Sin pronunciamiento"),
        ],
        "stages": [
            Stage("Sensibilización y preparación", "done", "mar a jun 2024", "#"),
            Stage("Cocreación en mesas", "done", "jul a oct 2024", "#"),
            Stage("Consulta y firma del plan", "now", "hasta el 30 nov 2024", "#"),
            Stage("Implementación", "next", "desde ene 2025"),
            Stage("Evaluación", "next", "Según la ruta: agosto de 2026"),
        ],
        "now": [
            Fact("Qué", "Consulta del plan, punto por punto"),
            Fact("Cuándo", "Hasta el sábado 30 de noviembre de 2024, 18:00 h (centro de México)"),
            Fact("Dónde", "En línea y en las 38 bibliotecas de la cuenca"),
            Fact("Cómo participo", "Comenta o apoya cada punto, sin cuenta", "#"),
            Fact("Quién responde", "Secretaría técnica local, en 10 días hábiles"),
        ],
        "filters": [
            Filter(
                "estado",
                "Estado",
                (Choice("completo", "Completo", 3), Choice("limitado", "Limitado", 5)),
                "completo",
            ),
            Filter("institucion", "Institución", (Choice("caminos", INSTITUTE, 4),)),
            Filter("municipio", "Municipio", tuple(Choice(place.lower(), place) for place in PLACES)),
        ],
        "active": [Link("Estado: Completo", "/estilo/")],
        "sheet": Sheet(2, 7, 126, "compromisos", "#", "#"),
    }


def drawn() -> dict[str, Any]:
    """Return the drawings."""
    return {
        "parts": [
            Part("Completos con evidencia", 3, "f-ink"),
            Part("En curso", 2, "f-strong"),
            Part("Atrasados", 2, "f-soft"),
            Part("Sin evidencia", 1, "f-hollow"),
        ],
        "road": route(),
        "tree": problem_tree("Árbol del problema del agua", PROBLEM, causes=CAUSES, effects=EFFECTS),
        "map": tiles(),
    }


def route() -> Roadmap:
    """Return a route with a bar, a point, an open month and a row without dates."""
    who = "Jefatura de Medición y Reparto, Subdirección de Cuencas"
    rows = [
        Row(
            "Levantar el padrón de los 38 medidores, con foto y ubicación",
            "de 1 mar 2021 a 30 jul 2021",
            who,
            "#",
            "Validada",
            dt.date(2021, 3, 1),
            dt.date(2021, 7, 30),
        ),
        Row(
            "Acordar con los comités un formato común de reparto",
            "abril de 2021",
            who,
            "#",
            "En curso",
            dt.date(2021, 4, 1),
            dt.date(2021, 4, 30),
        ),
        Row(
            "Primera publicación mensual",
            "1 sep 2021",
            "",
            "#",
            "Atrasada (12 días)",
            dt.date(2021, 9, 1),
            None,
        ),
        Row(
            "Reponer los medidores que no funcionan",
            "de ago 2021 a feb 2022",
            who,
            "",
            "Por iniciar",
            dt.date(2021, 8, 1),
            dt.date(2022, 2, 28),
        ),
        Row("Evaluación con las asambleas", "«hasta la conclusión del proceso»", "", "", "No consta"),
    ]
    return roadmap(rows, today=dt.date(2021, 8, 11))


def tiles() -> Markup:
    """Return a map of 125 invented places in three shades."""
    shades = (("f-hollow", "sin ejercicio"), ("f-soft", "en preparación"), ("f-strong", "con ejercicio"))
    places = [
        Tile(
            at % 12,
            at // 12,
            f"Municipio {at + 1}",
            f"M{at + 1}",
            "#mapa",
            *shades[0 if at % 7 else 1 + at % 2],
        )
        for at in range(125)
    ]
    return tile_map("Municipios con ejercicio", places)
