"""What rows say of one another: keys once, dependencies that exist and close no circle, ends after their starts."""

from __future__ import annotations

from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, Final

from tequio.plans.roadmaps.columns import INDICATORS, STEPS
from tequio.plans.roadmaps.days import spoken
from tequio.plans.roadmaps.faults import MOST_TOLD, Caution, Fault, Spot, listed, quoted
from tequio.plans.roadmaps.roadmap import Kind

if TYPE_CHECKING:
    from tequio.plans.roadmaps.finding import Found

MOST_CIRCLES: Final = 10
Rows = dict[int, dict[str, Any]]


def check(tables: list[Found], steps: Rows, indicators: Rows) -> None:
    """Keep the faults that only several rows show; write each dependency as its step writes its key."""
    by_table = {found.table.name: found for found in tables}
    plan, measures = by_table.get(STEPS.name), by_table.get(INDICATORS.name)
    keys: dict[str, str] = {}
    if plan:
        keys = once(plan, steps)
        known_dependencies(plan, steps, keys)
        circle(plan, steps)
        in_order(plan, steps)
    if measures and plan:
        for number, row in indicators.items():
            if row.get("step"):
                row["step"] = known(measures, number, "step", row["step"], keys)
    elif measures and any(row.get("step") for row in indicators.values()):
        said = "no hay hoja de actividades: no se pudo comprobar que existan las claves que nombran los indicadores."
        measures.cautions.append(Caution(Spot(), said))


def at_field(found: Found, number: int, field: str) -> Spot:
    """Return where a row has a field."""
    return found.spot(number, next((at for at, column in found.columns.items() if column.field == field), 0))


def once(found: Found, rows: Rows) -> dict[str, str]:
    """Return the keys by their letters without case, and keep the fault of each that is repeated."""
    keys: dict[str, str] = {}
    first: dict[str, int] = {}
    for number, row in rows.items():
        key = row.get("key", "")
        if key and key.casefold() in keys:
            found.faults.append(
                Fault(
                    at_field(found, number, "key"),
                    f"la clave {quoted(key)} ya está en la fila {first[key.casefold()]}",
                    "una clave distinta en cada fila",
                    "Cámbiala aquí y en las filas que dependan de esta.",
                )
            )
        elif key:
            keys[key.casefold()], first[key.casefold()] = key, number
    return keys


def known(found: Found, number: int, field: str, key: str, keys: dict[str, str]) -> str:
    """Return a key as its step writes it; one that no step has is a fault."""
    if key.casefold() in keys:
        return keys[key.casefold()]
    if len(found.faults) > MOST_TOLD:
        return key
    near = get_close_matches(key.casefold(), keys, 1)
    hint = f"¿Quisiste decir {quoted(keys[near[0]])}? " if near else ""
    found.faults.append(
        Fault(
            at_field(found, number, field),
            f"nombra {quoted(key)}, y ninguna actividad tiene esa clave",
            f"una de las claves: {listed(list(keys.values()))}" if keys else "la clave de una actividad",
            f"{hint}Corrígela o bórrala.",
        )
    )
    return key


def known_dependencies(found: Found, rows: Rows, keys: dict[str, str]) -> None:
    """Write each dependency as its step writes its key."""
    for number, row in rows.items():
        after = tuple(known(found, number, "after", key, keys) for key in row.get("after", ()))
        if after:
            row["after"] = tuple(dict.fromkeys(after))


def circle(found: Found, rows: Rows) -> None:
    """Keep the fault of each circle, at its first row."""
    graph = {row["key"]: row.get("after", ()) for row in rows.values() if "key" in row}
    for _ in range(MOST_CIRCLES):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            ring = around(graph, error.args[1])
        else:
            return
        number = next(number for number, row in rows.items() if row.get("key") == ring[0])
        found.faults.append(
            Fault(
                at_field(found, number, "after"),
                f"cierra un círculo: {', que depende de '.join(map(quoted, ring))}",
                "que nada dependa de sí mismo",
                "Quita una de esas dependencias.",
            )
        )
        graph[ring[0]] = tuple(key for key in graph[ring[0]] if key != ring[1])


def around(graph: dict[str, tuple[str, ...]], ring: list[str]) -> list[str]:
    """Return a circle from its first key in the file, each before what it depends on."""
    circle = ring[:-1]
    if circle[1 % len(circle)] not in graph.get(circle[0], ()):
        circle.reverse()
    start = circle.index(min(circle, key=list(graph).index))
    turned = circle[start:] + circle[:start]
    return [*turned, turned[0]]


def in_order(found: Found, rows: Rows) -> None:
    """Keep the fault of each row whose days contradict one another."""
    for number, row in rows.items():
        starts, ends = row.get("starts"), row.get("ends")
        if not (starts and ends):
            continue
        if ends < starts:
            found.faults.append(
                Fault(
                    at_field(found, number, "ends"),
                    f"termina el {spoken(ends)} y empieza el {spoken(starts)}",
                    "un término igual o posterior al inicio",
                    "Corrige una de las dos fechas.",
                )
            )
        elif row.get("kind") is Kind.MILESTONE and starts != ends:
            found.faults.append(
                Fault(
                    at_field(found, number, "ends"),
                    f"es un hito y va del {spoken(starts)} al {spoken(ends)}",
                    "un solo día",
                    "Deja solo «Término», o cambia el tipo a Actividad.",
                )
            )
