"""Writes a roadmap as the workbook in which it is filled in, and as CSV; no text becomes a formula."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.utils.module_loading import import_string

from tequio.kernel.cells import guarded
from tequio.plans.roadmaps.columns import (
    INDICATORS,
    LONGEST_LINE,
    LONGEST_TEXT,
    MARK,
    MOST_ROWS,
    OWN_DICTIONARY,
    OWN_GUIDE,
    RESULT,
    STEPS,
    TABLES,
    VERSION,
    Holds,
)
from tequio.plans.roadmaps.days import FIRST_YEAR, LAST_YEAR
from tequio.plans.roadmaps.roadmap import Frequency, Kind, Roadmap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tequio.plans.roadmaps.columns import Column, Table

BOM: Final = b"\xef\xbb\xbf"
CREATED: Final = datetime(2026, 11, 1, tzinfo=UTC).replace(tzinfo=None)
"""The template's edition; a workbook's hours have no zone."""
LETTER: Final = 1
"""The paper's number in XLSX."""
SCALE: Final = 72
SECOND_PAGE: Final = 8
"""The column at which a second page begins: the activities would be too small on one."""
LINE: Final = 15
TALLEST: Final = 405
WIDTHS: Final = (14, 24, 12, 46, 40, 36)
"""Of the dictionary's columns."""
FIRST_OF_STEPS: Final = 3
FIRST_OF_INDICATORS: Final = 1
"""The first row with data, counted from 0, of each sheet."""
ALLOWED: Final = {
    Holds.KEY: "Letras, números, puntos y guiones; sin espacios.",
    Holds.KEYS: "Claves separadas por comas, como A1, A2.",
    Holds.LINE: f"Un texto de a lo más {LONGEST_LINE} letras.",
    Holds.TEXT: f"Un texto de a lo más {LONGEST_TEXT} letras.",
    Holds.DAY: f"Una fecha con año de cuatro cifras, de {FIRST_YEAR} a {LAST_YEAR}.",
    Holds.NUMBER: "Una cifra sola, con punto decimal. La unidad va en su columna.",
    Holds.KIND: " o ".join(Kind) + ".",
    Holds.FREQUENCY: ", ".join(Frequency) + ".",
}
GUIDE: Final = (
    "Cómo llenar la hoja de ruta",
    "1. Escribe arriba, en «Actividades», el resultado final: qué habrá cambiado cuando todo termine.",
    "2. Pon una actividad o un hito en cada fila. Un hito ocurre en un solo día: le basta «Término».",
    "3. Da a cada fila una clave corta, como A1. En «Depende de» pon las claves de lo que debe terminar antes.",
    "4. Escribe las fechas con el día primero y el año completo: 15/04/2027.",
    "5. En «Indicadores», di cómo se sabrá que se logró. La cifra va sola; la unidad, en su columna.",
    "6. Lo que aún no se sabe, déjalo vacío: se publicará como «no consta». No escribas «por definir».",
    "7. No combines celdas ni pongas títulos entre las filas.",
    "8. Puedes mover, ocultar o agregar columnas: se leen por su encabezado. Las que no sean de aquí no se leen.",
    "9. Guarda como .xlsx y envíala. Si algo no se entiende, se te dirá dónde está y cómo corregirlo.",
    "En «Diccionario» está qué lleva cada columna, con un ejemplo.",
)
WHAT: Final = {
    STEPS.name: "Quién responde, qué hará, de qué fecha a qué fecha, qué entregará y dónde se comprueba.",
    INDICATORS.name: "Cuánto hay, cuánto habrá y de dónde sale el dato.",
}


def template() -> bytes:
    """Return the empty workbook."""
    return written(Roadmap())


def written(roadmap: Roadmap) -> bytes:
    """Return a roadmap as the workbook: the same bytes each time."""
    out = io.BytesIO()
    book = import_string("xlsxwriter.Workbook")(out, {"in_memory": True})  # 3 MB that no page needs
    book.set_properties({"title": "Hoja de ruta", "created": CREATED})
    book.define_name(MARK, f'="{VERSION}"')
    styles = {
        "heading": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#F2E8DF"}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        "day": book.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"}),
        "number": book.add_format({"valign": "top", "align": "left"}),
    }
    sheets = {table.name: book.add_worksheet(table.name) for table in TABLES}
    for table, rows, first in (
        (STEPS, roadmap.steps, FIRST_OF_STEPS),
        (INDICATORS, roadmap.indicators, FIRST_OF_INDICATORS),
    ):
        fill(sheets[table.name], table, rows, first, styles)
    steps = sheets[STEPS.name]
    steps.write_string(0, 0, RESULT, book.add_format({"bold": True, "valign": "top"}))
    steps.write_string(0, 2, roadmap.result, styles["text"])
    steps.set_row(0, tall([(roadmap.result, STEPS.columns[2].width)]))
    explain(book, styles)
    book.close()
    return out.getvalue()


def fill(sheet: Any, table: Table, rows: Sequence[object], first: int, styles: dict[str, Any]) -> None:
    """Write a table: headings that stay in sight and on each printed page, columns that say what they take."""
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width, styles[style_of(column)])
        sheet.write_string(first - 1, at, column.heading, styles["heading"])
        sheet.data_validation(first, at, first + MOST_ROWS - 1, at, rule(column))
    for number, row in enumerate(rows, first):
        for at, column in enumerate(table.columns):
            write(sheet, number, at, getattr(row, column.field), styles[style_of(column)])
        sheet.set_row(number, tall([(as_text(getattr(row, c.field)), c.width) for c in table.columns]))
    sheet.set_row(first - 1, 2 * LINE)
    sheet.freeze_panes(first, 1)
    sheet.repeat_rows(first - 1)
    sheet.repeat_columns(0)
    sheet.print_across()
    on_paper(sheet)
    if table is STEPS:
        sheet.set_v_pagebreaks([SECOND_PAGE])
        sheet.set_print_scale(SCALE)


def tall(texts: Iterable[tuple[str, float]]) -> float:
    """Return how tall a row is whose texts wrap at their columns' widths: not every program measures them itself."""
    most = max(sum(max(1, -(-len(line) // int(width - 1))) for line in text.split("\n")) for text, width in texts)
    return min(most * LINE, TALLEST)


def on_paper(sheet: Any) -> None:
    """Print a sheet on letter paper, with its name and pages below."""
    sheet.set_paper(LETTER)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&RHoja &P de &N")


def style_of(column: Column) -> str:
    """Return the style of a column's cells; texts are texts, so that no program makes «1-2» a date."""
    return {Holds.DAY: "day", Holds.NUMBER: "number"}.get(column.holds, "text")


def rule(column: Column) -> dict[str, Any]:
    """Return what a column's cells take, and what is said at them."""
    said = {"input_title": column.heading[:32], "input_message": column.said[:255], "error_title": "Revisa la celda"}
    lists = {Holds.KIND: Kind, Holds.FREQUENCY: Frequency}
    if column.holds in lists:
        found: dict[str, Any] = {"validate": "list", "source": [str(choice) for choice in lists[column.holds]]}
    elif column.holds is Holds.DAY:
        edges = {"minimum": date(FIRST_YEAR, 1, 1), "maximum": date(LAST_YEAR, 12, 31)}
        found = {"validate": "date", "criteria": "between", **edges}
    elif column.holds is Holds.NUMBER:
        limit = 10**15
        found = {"validate": "decimal", "criteria": "between", "minimum": -limit, "maximum": limit}
    else:
        most = LONGEST_TEXT if column.holds is Holds.TEXT else LONGEST_LINE
        found = {"validate": "length", "criteria": "<=", "value": most}
    return {**found, **said, "error_message": ALLOWED[column.holds][:255]}


def write(sheet: Any, row: int, at: int, value: object, style: Any) -> None:
    """Write one cell; what is not known stays empty."""
    if isinstance(value, date):
        sheet.write_datetime(row, at, value, style)
    elif isinstance(value, Decimal):
        sheet.write_number(row, at, float(value), style)
    elif text := as_text(value):
        sheet.write_string(row, at, text, style)


def explain(book: Any, styles: dict[str, Any]) -> None:
    """Write the dictionary and how the workbook is filled in."""
    terms, guide = book.add_worksheet(OWN_DICTIONARY), book.add_worksheet(OWN_GUIDE)
    lines = [("Hoja", "Columna", "¿Hace falta?", "Qué lleva", "Qué se puede escribir", "Ejemplo")]
    lines.append((STEPS.name, RESULT, "Si se sabe", WHAT[STEPS.name], ALLOWED[Holds.TEXT], ""))
    for table in TABLES:
        for column in table.columns:
            need = "Sí" if column.is_needed else "Si se sabe" if column.is_asked else "No"
            lines.append((table.name, column.heading, need, column.said, ALLOWED[column.holds], column.example))
    for number, line in enumerate(lines):
        for at, text in enumerate(line):
            terms.write_string(number, at, text, styles["text" if number else "heading"])
        terms.set_row(number, tall(zip(line, WIDTHS, strict=True)))
    for at, width in enumerate(WIDTHS):
        terms.set_column(at, at, width)
    terms.freeze_panes(1, 0)
    terms.repeat_rows(0)
    guide.set_column(0, 0, 100)
    for number, text in enumerate(GUIDE):
        guide.write_string(number, 0, text, styles["text" if number else "heading"])
        guide.set_row(number, tall([(text, 100)]))
    for sheet in (terms, guide):
        on_paper(sheet)


def steps_csv(roadmap: Roadmap) -> bytes:
    """Return the activities and the final result as CSV, as old spreadsheets open it with its accents."""
    above = [[RESULT, guarded(roadmap.result)], []] if roadmap.result else []
    return table_csv(STEPS, roadmap.steps, above)


def indicators_csv(roadmap: Roadmap) -> bytes:
    """Return the indicators as CSV."""
    return table_csv(INDICATORS, roadmap.indicators, [])


def table_csv(table: Table, rows: Sequence[object], above: list[list[str]]) -> bytes:
    """Return a table as CSV, with what goes above its headings."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerows(above)
    lines.writerow([column.heading for column in table.columns])
    for row in rows:
        lines.writerow([cell_of(getattr(row, column.field)) for column in table.columns])
    return BOM + text.getvalue().encode()


def cell_of(value: object) -> str:
    """Return a value as CSV writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return guarded(as_text(value))


def as_text(value: object) -> str:
    """Return a text, or the keys of a list; nothing is empty."""
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")
