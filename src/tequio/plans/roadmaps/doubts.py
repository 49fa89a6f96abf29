"""What a sheet does that nobody sees: merged cells, and dates that two countries read differently."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tequio.plans.roadmaps.columns import Holds
from tequio.plans.roadmaps.days import EXPECTED, MOST_MONTHS, is_day_first, is_month_first, is_reversible, spoken
from tequio.plans.roadmaps.faults import Caution, Fault, Spot, listed, quoted, says
from tequio.plans.roadmaps.grid import Cell, Held, letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.plans.roadmaps.finding import Found

Numbered = list[tuple[int, dict[int, Cell]]]


def blocks(found: Found) -> None:
    """Tell how each block of merged cells under the headings was read."""
    for merge in sorted(found.grid.merges):
        cell = found.grid.cells.get(merge.top, {}).get(merge.left)
        if merge.top <= found.row or cell is None:
            continue
        where = f"{letters(merge.left)}{merge.top}:{letters(merge.right)}{merge.bottom}"
        if merge.left == merge.right:
            said = (
                f"las celdas {where} están combinadas: {quoted(cell.text)} se leyó en cada una de esas filas con datos."
            )
        else:
            said = (
                f"las celdas {where} están combinadas: {quoted(cell.text)} se leyó solo en "
                f"{letters(merge.left)}{merge.top}. Sepáralas."
            )
        found.cautions.append(Caution(Spot(found.grid.name), said))


def spread(found: Found) -> Iterator[tuple[int, dict[int, Cell]]]:
    """Yield the rows, each with what a cell merged downwards says of it."""
    down = [
        (merge, found.grid.cells[merge.top][merge.left])
        for merge in found.grid.merges
        if merge.left == merge.right
        and merge.left in found.columns
        and merge.top > found.row
        and merge.left in found.grid.cells.get(merge.top, {})
    ]
    for number, cells in found.rows():
        shared = {merge.left: cell for merge, cell in down if merge.top <= number <= merge.bottom}
        yield number, {**cells, **shared}


def doubtful_days(found: Found, rows: Numbered) -> None:
    """Refuse what could be two days where the sheet has dates with the month first, and tell how others were read."""
    days = [
        (number, at, cell)
        for number, cells in rows
        for at, cell in sorted(cells.items())
        if found.columns[at].holds is Holds.DAY and cell.held in {Held.DAY, Held.TEXT}
    ]
    typed = [day for day in days if day[2].held is Held.TEXT]
    foreign = next((day for day in typed if is_month_first(day[2].text)), None)
    both = [day for day in typed if is_reversible(day[2].text)]
    if foreign:
        sign = f"{letters(foreign[1])}{foreign[0]}"
        for number, at, cell in both:
            found.faults.append(
                Fault(
                    found.spot(number, at),
                    f"{says(cell.text)}, que puede ser dos días: {sign} pone el mes antes que el día",
                    EXPECTED,
                    "Escribe el mes con letras, como 15 de abril de 2027.",
                )
            )
    elif both:
        places = [f"{letters(at)}{number} {quoted(cell.text)}" for number, at, cell in both]
        said = f"se leyó primero el día y luego el mes en {listed(places)}. Revisa que así sea."
        found.cautions.append(Caution(Spot(found.grid.name), said))
    turned = [
        f"{letters(at)}{number} ({spoken(day)})"
        for number, at, cell in days
        if cell.held is Held.DAY
        and cell.is_reversible
        and (day := date.fromisoformat(cell.text[:10])).day <= MOST_MONTHS
        and day.day != day.month
    ]
    if turned and any(is_day_first(cell.text) for _, _, cell in typed):
        said = (
            f"unas fechas son texto y otras no. Si tu hoja de cálculo está en inglés, pudo cambiar el día por el mes "
            f"en {listed(turned)}. Revísalas."
        )
        found.cautions.append(Caution(Spot(found.grid.name), said))
