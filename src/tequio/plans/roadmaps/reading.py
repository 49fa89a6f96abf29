"""Reads a roadmap from the file that an official keeps it in: everything that is wrong at once, nothing guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tequio.plans.roadmaps.checks import check
from tequio.plans.roadmaps.columns import INDICATORS, LONGEST_TEXT, MOST_ROWS, STEPS, Holds
from tequio.plans.roadmaps.doubts import blocks, doubtful_days, spread
from tequio.plans.roadmaps.faults import MOST_TOLD, Caution, Fault, Reading, Spot, Unfit, listed, of_rows, says
from tequio.plans.roadmaps.finding import find, result_in, tell_the_book
from tequio.plans.roadmaps.opening import opened
from tequio.plans.roadmaps.roadmap import Indicator, Kind, Roadmap, Step
from tequio.plans.roadmaps.values import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.plans.roadmaps.finding import Found
    from tequio.plans.roadmaps.grid import Cell

Row = dict[str, Any]
"""A row's values by field."""


def read(data: bytes, name: str = "") -> Reading:
    """Return the roadmap of a file, or all the faults for which there is none; with what its author should know."""
    try:
        book = opened(data)
        tables = find(book)
    except Unfit as unfit:
        return Reading(None, (unfit.at(Spot(file=name)),))
    cautions = list(tell_the_book(book, tables))
    faults: list[Fault] = []
    rows: dict[str, dict[int, Row]] = {STEPS.name: {}, INDICATORS.name: {}}
    result = ""
    for found in tables:
        rows[found.table.name] = rows_of(found)
        result = result or final_result(found)
        missing(found, rows[found.table.name])
    check(tables, rows[STEPS.name], rows[INDICATORS.name])
    for found in tables:
        faults += sorted(found.faults, key=lambda fault: (fault.spot.row, len(fault.spot.letter), fault.spot.letter))
        cautions += found.cautions
    if STEPS in [found.table for found in tables] and not result:
        cautions.append(Caution(Spot(), "no dice el «Resultado final»: no consta."))
    if STEPS not in [found.table for found in tables]:
        cautions.append(Caution(Spot(), "no trae actividades: no constan."))
    if INDICATORS not in [found.table for found in tables]:
        cautions.append(Caution(Spot(), "no trae indicadores: no constan."))
    if not faults and not any(rows.values()):
        mend = "Escribe debajo de los encabezados."
        faults.append(Fault(Spot(file=name), "no tiene filas llenas", "al menos una", mend))
    if faults:
        return Reading(None, tuple(told(faults)), tuple(cautions[:MOST_TOLD]))
    steps = tuple(step(row) for row in rows[STEPS.name].values())
    indicators = tuple(Indicator(**row) for row in rows[INDICATORS.name].values())
    return Reading(Roadmap(steps, indicators, result), (), tuple(cautions[:MOST_TOLD]))


def told(faults: list[Fault]) -> Iterator[Fault]:
    """Yield the faults, as many as anybody mends at once."""
    yield from faults[:MOST_TOLD]
    if len(faults) > MOST_TOLD:
        yield Fault(Spot(), "tiene más fallas", "una hoja de ruta", "Corrige estas y envíalo otra vez.")


def step(row: Row) -> Step:
    """Return a row as a step; a milestone's one day is both its days."""
    if row.get("kind") is Kind.MILESTONE:
        day = row.get("ends") or row.get("starts")
        return Step(**{**row, "starts": day, "ends": day})
    return Step(**row)


def rows_of(found: Found) -> dict[int, Row]:
    """Return the rows of a table by their number, and keep the faults of their cells."""
    blocks(found)
    rows: dict[int, Row] = {}
    count = sum(1 for _ in found.rows())
    if count > MOST_ROWS:
        found.faults.append(
            Fault(
                Spot(found.grid.name),
                f"tiene {count} filas llenas",
                f"a lo más {MOST_ROWS}",
                "Deja solo las filas de esta hoja de ruta.",
            )
        )
        return rows
    numbered = list(spread(found))
    if not numbered:
        if found.table is STEPS:
            mend = "Escribe al menos una actividad debajo de los encabezados."
            found.faults.append(Fault(Spot(found.grid.name), "no tiene filas llenas", "una actividad", mend))
        return rows
    for number, cells in numbered:
        if row := row_of(found, number, cells):
            rows[number] = row
    doubtful_days(found, numbered)
    return rows


def row_of(found: Found, number: int, cells: dict[int, Cell]) -> Row:
    """Return the values of a row."""
    row: Row = {}
    needed = [column for column in found.columns.values() if column.is_needed]
    if len(cells) == 1 and len(found.columns) > 1:
        (cell,) = cells.values()
        found.faults.append(
            Fault(
                Spot(found.grid.name, number),
                f"solo {says(cell.text)}",
                "una fila completa",
                f"Si es un título o una nota, bórrala; si no, llena {listed([f'«{c.heading}»' for c in needed])}.",
            )
        )
        return {}
    for at, cell in sorted(cells.items()):
        try:
            value, doubt = value_of(cell, found.columns[at].holds)
        except Unfit as unfit:
            found.faults.append(unfit.at(found.spot(number, at)))
            found.spoilt.add((number, found.columns[at].field))
            continue
        row[found.columns[at].field] = value
        if doubt:
            found.cautions.append(Caution(found.spot(number, at), doubt))
    for at, column in sorted(found.columns.items()):
        if column.is_needed and at not in cells:
            found.faults.append(Fault(found.spot(number, at), "está vacía", column.brief, "Escríbelo."))
    return row


def missing(found: Found, rows: dict[int, Row]) -> None:
    """Tell which of the elements asked of every row are not there, by column."""
    for at, column in sorted(found.columns.items()):
        without = [
            number
            for number, row in rows.items()
            if row.get(column.field) in {None, ""} and (number, column.field) not in found.spoilt
        ]
        if column.field == "starts":
            without = [number for number in without if rows[number].get("kind") is not Kind.MILESTONE]
        if column.holds is Holds.KIND and without:
            found.cautions.append(Caution(found.spot(0, at), f"falta en {of_rows(without)}: se leyó «Actividad»."))
        elif column.is_asked and not column.is_needed and without:
            found.cautions.append(Caution(found.spot(0, at), f"falta en {of_rows(without)}: no consta."))


def final_result(found: Found) -> str:
    """Return the final result, if the sheet says it over its headings."""
    for number, cells in found.grid.filled():
        if number < found.row and (said := result_in(cells)):
            if len(said) > LONGEST_TEXT:
                mend = "Resúmelo."
                found.faults.append(
                    Fault(Spot(found.grid.name, number), f"tiene {len(said)} letras", f"a lo más {LONGEST_TEXT}", mend)
                )
            return said
    return ""
