"""Dirty workbooks, as people send them: one function each, and beside them what is told of each of them."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from tequio.plans.roadmaps import Roadmap, Step, template, written

if TYPE_CHECKING:
    from collections.abc import Callable

HEADINGS: Final = ("Clave", "Tipo", "Actividad", "Inicio", "Término", "Depende de")
MEASURES: Final = ("Indicador", "Clave de la actividad", "Línea base", "Meta", "Unidad", "Frecuencia")
APRIL: Final = dt.date(2027, 4, 15)
JUNE: Final = dt.date(2027, 6, 30)
MADE: Final[dict[str, Callable[[], bytes]]] = {}


def made(build: Callable[[], bytes]) -> Callable[[], bytes]:
    """Keep a workbook by its name."""
    MADE[build.__name__] = build
    return build


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain(*rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> Workbook:
    """Return a workbook of one sheet of activities."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Actividades"
    for row in (headings, *rows):
        sheet.append(row)
    return book


def row(key: str, after: str = "", text: str = "Publicar el padrón") -> tuple[object, ...]:
    """Return an activity that nothing is the matter with."""
    return (key, "Actividad", text, APRIL, JUNE, after)


@made
def dates_of_every_kind() -> bytes:
    """Dates as people write them, in one sheet."""
    written_so = [
        "15/04/2027",
        "2027-04-15",
        "15 de abril de 2027",
        "jueves 15 de abril de 2027",
        "15-abr-2027",
        "1º de abril de 2027",
        "15/04/27",
        "miércoles 15 de abril de 2027",
        "30/02/2027",
        "abril de 2027",
        "por definir",
        46127,
        "15/04/1927",
        True,
    ]
    return saved(plain(*[(f"A{n}", "", f"Actividad {n}", day, JUNE) for n, day in enumerate(written_so, 1)]))


@made
def dates_of_the_united_states() -> bytes:
    """A date that only the United States write so makes the others doubtful."""
    return saved(plain(("A1", "", "Una", "04/15/2027", JUNE), ("A2", "", "Dos", "04/05/2027", "05/05/2027")))


@made
def dates_that_a_program_turned() -> bytes:
    """Excel in English took 04/05 for a date and left 15/04 as text."""
    book = plain(("A1", "", "Una", dt.date(2027, 5, 4), "15/06/2027"), ("A2", "", "Dos", "04/05/2027", "20/12/2027"))
    book.active["D2"].number_format = "mm-dd-yy"
    return saved(book)


@made
def dates_of_a_macintosh() -> bytes:
    """The calendar that begins in 1904, and an hour."""
    book = plain(("A1", "", "Una", APRIL, dt.datetime.combine(JUNE, dt.time(14, 30))))
    book.epoch = CALENDAR_MAC_1904
    return saved(book)


@made
def formulas() -> bytes:
    """Formulas with their result, without it, and broken."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Actividades")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, heading in enumerate(HEADINGS):
        sheet.write(0, at, heading)
    for line, key in enumerate(("A1", "A2", "A3"), 1):
        sheet.write_row(line, 0, [key, "Actividad"])
        sheet.write_formula(line, 3, "=TODAY()", day, 46127)
    sheet.write_formula(1, 2, '=CONCATENATE("Publicar ","el padrón")', None, "Publicar el padrón")
    sheet.write_formula(2, 2, "=Hoja9!A1", None, "#REF!")
    sheet.write_formula(3, 2, '=""', None, "")
    sheet.write_formula(1, 4, "=D2+30", day, 46157)
    book.close()
    return out.getvalue()


@made
def formulas_never_calculated() -> bytes:
    """A program that writes formulas and leaves their results to another."""
    return saved(plain(("A1", "", '=CONCATENATE("a","b")', APRIL, "=D2+30")))


@made
def merged_cells() -> bytes:
    """One responsible for three rows, a title across the sheet, two columns made one."""
    book = plain(headings=(*HEADINGS, "Responsable"))
    sheet = book.active
    sheet.append(("Etapa 1. Diagnóstico",))
    sheet.merge_cells("A2:G2")
    for key in ("A1", "A2", "A3"):
        sheet.append((*row(key), "María Hernández" if key == "A1" else None))
    sheet.merge_cells("G3:G5")
    sheet.append(("A4", "Actividad", "Publicar", APRIL, None))
    sheet.merge_cells("D6:E6")
    return saved(book)


@made
def hidden_things() -> bytes:
    """Rows that a filter hides, a hidden column, a hidden sheet of ours and one of another."""
    book = plain(row("A1"), row("A2", "A1"), (), row("A3"))
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["F"].hidden = True
    measures = book.create_sheet("Medición")
    for line in (MEASURES, ("Obras", "A1", 1, 10, "obras", "anual")):
        measures.append(line)
    measures.sheet_state = "hidden"
    costs = book.create_sheet("Costos")
    costs.append(("Partida", "Monto"))
    costs.sheet_state = "veryHidden"
    book.create_sheet("Hoja3")
    return saved(book)


@made
def two_sheets_alike() -> bytes:
    """Last month's copy, hidden, beside the one that holds."""
    book = plain(row("A1"))
    old = book.copy_worksheet(book.active)
    old.title, old.sheet_state = "Actividades (2)", "hidden"
    return saved(book)


@made
def another_template() -> bytes:
    """The export of commitments of another programme."""
    book = Workbook()
    book.active.append(("Full Text", "Start Date", "End Date", "Lead Institution", "Commitment Title"))
    return saved(book)


@made
def something_else() -> bytes:
    """A payroll."""
    book = Workbook()
    book.active.append(("Nombre", "Puesto", "Quincena", "Sueldo"))
    book.active.append(("María", "Titular", 3, 9000))
    return saved(book)


@made
def an_older_edition() -> bytes:
    """Our template of another year, with other headings and fewer columns."""
    book = plain(
        ("A1", "Publicar el padrón", APRIL, JUNE),
        headings=("Clave", "Actividades", "Fecha de inicio", "Fecha de conclusión"),
    )
    book.defined_names["hoja_de_ruta_version"] = DefinedName("hoja_de_ruta_version", attr_text='"2025-01"')
    return saved(book)


@made
def twenty_thousand_rows_of_format() -> bytes:
    """Borders down to row 20,000, and two activities far apart."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet, border = book.add_worksheet("Actividades"), book.add_format({"border": 1})
    for line in range(20_000):
        for at in range(6):
            sheet.write_blank(line, at, None, border)
        if line in {0, 5, 18_000}:
            texts = HEADINGS if not line else (f"A{line}", "Actividad", "Publicar", "15/04/2027", "30/06/2027", "")
            for at, text in enumerate(texts):
                sheet.write(line, at, text, border)
    book.close()
    return out.getvalue()


@made
def twenty_thousand_rows() -> bytes:
    """A list that is no roadmap, under our headings."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet("Actividades")
    sheet.write_row(0, 0, HEADINGS[:3])
    for line in range(1, 20_000):
        sheet.write_row(line, 0, [f"A{line}", "Actividad"])
    book.close()
    return out.getvalue()


@made
def numbers_and_spaces() -> bytes:
    """Numbers as text, thousands, commas, percentages; spaces that do not break, line breaks, zero-width."""
    book = plain(
        (1, "ACTIVIDAD ", "Publicar\u00a0el\npadrón\u200b  hoy ", APRIL, JUNE),
        ("\u00a02", "hito", "Entregar", None, JUNE, 1),
        (1.1, "Actividad", "Otra", APRIL, JUNE, "1 y 2"),
        (dt.date(2027, 2, 1), "Tarea", "x" * 2001, APRIL, JUNE),
    )
    measures = book.create_sheet("Indicadores")
    for line in (
        MEASURES,
        ("Obras", 1, "12", "1,200", "obras", "trimestral"),
        ("Avance", "", "0.5", 0.85, "por ciento", "Unica vez"),
        ("Cobertura", "", " 10 %", "1,5", "", "cada mes"),
        ("Ley", "", 0, "Sí", "ley publicada", "Anual"),
        ("Suma", "", 0.1 + 0.2, 1234567890123456, "pesos", "Anual"),
    ):
        measures.append(line)
    measures["D3"].number_format = "0%"
    return saved(book)


@made
def dependencies() -> bytes:
    """A key twice, one that nobody has, one written otherwise, a circle, itself."""
    return saved(
        plain(
            row("Padrón1"),
            row("A2", "padrón1; PADRON1"),
            row("A3", "A5"),
            row("A4", "A3,A2"),
            row("A5", "A4"),
            row("a2"),
            row("A6", "A6"),
            row("Act 7"),
            row("A8", "Ninguna"),
        )
    )


@made
def days_that_contradict() -> bytes:
    """What ends before it starts, and a milestone of a month."""
    return saved(
        plain(
            ("A1", "Actividad", "Una", JUNE, APRIL),
            ("H1", "Hito", "Entrega", APRIL, JUNE),
            ("H2", "Hito", "Cierre", JUNE, None),
        )
    )


@made
def a_sheet_of_her_own() -> bytes:
    """The town hall's own: a letterhead, other headings in another order, columns more, who signs below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "PLAN 2027"
    for line in (
        ("H. AYUNTAMIENTO",),
        (None, "Resultado Final:", "Todas las obras tienen expediente público"),
        (),
        (
            "No.",
            "FECHA DE CONCLUSIÓN",
            "Descripción de la actividad",
            "Fecha de inicio (dd/mm/aaaa)",
            "Presupuesto",
            "SERVIDOR PÚBLICO RESPONSABLE",
            "Entregables",
            "Actividad",
        ),
        (1, JUNE, "Reunir los expedientes", APRIL, 5000, "María Hernández", "Expedientes", "Etapa uno"),
        (2, JUNE, "Publicar", APRIL, 2000, None, "Padrón", "Etapa dos"),
        (None, None, "Elaboró: Juan Pérez"),
    ):
        sheet.append(line)
    sheet["J6"] = "ojo"
    return saved(book)


@made
def headings_twice() -> bytes:
    """Two columns of one name, and none for the keys."""
    return saved(plain(("Publicar", APRIL, JUNE, APRIL), headings=("Actividad", "Inicio", "Término", "Inicio")))


@made
def rows_left_empty() -> bytes:
    """Blank rows between, cells missing, a space alone, an indicator of no activity."""
    book = plain(row("A1"), (), (None, "Actividad", "Sin clave", APRIL, JUNE), (), ("A3", "Hito", " ", None, JUNE))
    measures = book.create_sheet("Indicadores")
    measures.append(MEASURES)
    measures.append(("Obras", "A7", None, 3))
    return saved(book)


@made
def the_template_spoilt() -> bytes:
    """Ours, with a row moved out of place and its dictionary left alone."""
    steps = (Step("A1", "Publicar", starts=APRIL, ends=JUNE), Step("A2", "Difundir", starts=APRIL, ends=JUNE))
    book = load_workbook(io.BytesIO(written(Roadmap(steps, result="Todo se publica"))))
    sheet: Any = book["Actividades"]
    sheet["D5"] = "15/13/2027"
    sheet["N4"] = "pendiente de revisar"
    return saved(book)


@made
def the_template_empty() -> bytes:
    """Ours, as it was downloaded."""
    return template()


@made
def csv_of_excel_in_mexico() -> bytes:
    """Semicolons, the letters of Windows, a line for the separator."""
    lines = ["sep=;", "Clave;Actividad;Inicio;Término;Depende de"]
    lines += ["A1;Diseñar;15/04/2027;30/06/2027;", "A2;Difusión;1/7/2027;31/7/2027;A1,A9", ""]
    text = "\r\n".join(lines)
    return text.encode("cp1252")


@made
def csv_of_excel_in_english() -> bytes:
    """Commas, and the months first."""
    text = (
        "Clave,Actividad,Inicio,Término\n" + 'A1,"Diseñar, y probar",4/15/2027,6/30/2027\nA2,=1+1,7/1/2027,7/31/2027\n'
    )
    return text.encode("utf-8-sig")


@made
def csv_of_text_in_unicode() -> bytes:
    """Excel's «Texto Unicode»: tabulators in UTF-16."""
    return "Indicador\tMeta\tUnidad\nObras\t120\tobras\n".encode("utf-16")
