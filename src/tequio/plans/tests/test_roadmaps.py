"""A roadmap as a value: what is written is read the same; the template; its days; its critical path."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tequio.plans.roadmaps import (
    Frequency,
    Indicator,
    Kind,
    Roadmap,
    Step,
    critical_path,
    indicators_csv,
    read,
    steps_csv,
    template,
    written,
)
from tequio.plans.roadmaps.columns import INDICATORS, MARK, STEPS, VERSION
from tequio.plans.roadmaps.days import day_of
from tequio.plans.roadmaps.faults import Unfit
from tequio.plans.roadmaps.roadmap import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.req("PL-02"), pytest.mark.once]

MONDAY = dt.date(2027, 3, 1)
texts = st.text(max_size=80).map(clean)
lines = st.text(max_size=40).map(one_line)
days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
figures = st.none() | st.decimals(
    min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=5
).map(lambda figure: figure.normalize())
keys = st.from_regex(r"\A[A-Za-z0-9Ññ][A-Za-z0-9_.\-]{0,9}\Z")


@st.composite
def roadmaps(draw: st.DrawFn) -> Roadmap:
    steps: list[Step] = []
    for key in draw(st.lists(keys, min_size=1, max_size=6, unique_by=str.casefold)):
        kind = draw(st.sampled_from(Kind))
        pair = sorted(draw(st.tuples(days, days)))
        starts, ends = (draw(st.sampled_from([day, None])) for day in pair)
        if kind is Kind.MILESTONE:
            starts = ends
        before = [step.key for step in steps]
        after = draw(st.lists(st.sampled_from(before), unique=True)) if before else []
        text = draw(texts.filter(bool))
        said = [draw(lines) for _ in range(5)]
        steps.append(Step(key, text, kind, starts, ends, tuple(after), *said, draw(texts), draw(texts)))
    of_steps = st.sampled_from(["", *(step.key for step in steps)])
    frequencies = st.none() | st.sampled_from(Frequency)
    measures = st.builds(
        Indicator, lines.filter(bool), of_steps, figures, figures, lines.filter(bool), texts, frequencies, texts
    )
    return Roadmap(tuple(steps), tuple(draw(st.lists(measures, max_size=3))), draw(texts))


@settings(deadline=None, max_examples=150)
@given(roadmaps())
def test_what_is_written_is_read_the_same(roadmap: Roadmap) -> None:
    reading = read(written(roadmap))
    assert [fault.sentence for fault in reading.faults] == []
    assert reading.roadmap == roadmap


@settings(deadline=None, max_examples=150)
@given(roadmaps())
def test_what_is_written_as_csv_is_read_the_same(roadmap: Roadmap) -> None:
    assert read(steps_csv(roadmap)).roadmap == replace(roadmap, indicators=())
    if roadmap.indicators:
        assert read(indicators_csv(roadmap)).roadmap == Roadmap(indicators=roadmap.indicators)


def test_the_same_roadmap_gives_the_same_bytes() -> None:
    assert template() == template()


def test_no_text_becomes_a_formula() -> None:
    hostile = ["=1+1", "@SUMA(A1)", "+cmd|' /C calc'!A0", "-2+3", "'=1", '=HYPERLINK("http://x")']
    steps = tuple(Step(f"A{n}", text, responsible=text) for n, text in enumerate(hostile))
    roadmap = Roadmap(steps, result=hostile[0])
    book = load_workbook(io.BytesIO(written(roadmap)))
    assert {cell.data_type for line in book["Actividades"].iter_rows() for cell in line} <= {"s", "n"}
    cells = [cell for line in csv.reader(io.StringIO(steps_csv(roadmap).decode("utf-8-sig"))) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]
    assert read(written(roadmap)).roadmap == read(steps_csv(roadmap)).roadmap == roadmap


def test_the_template_is_ready_to_fill_and_to_print() -> None:
    book = load_workbook(io.BytesIO(template()))
    assert book.sheetnames == ["Actividades", "Indicadores", "Diccionario", "Cómo llenarla"]
    assert book.defined_names[MARK].attr_text == f'"{VERSION}"'
    for table, frozen in ((STEPS, "B4"), (INDICATORS, "B2")):
        sheet = book[table.name]
        headings = [cell.value for cell in sheet[int(frozen[1]) - 1]]
        assert headings == [column.heading for column in table.columns]
        assert sheet.freeze_panes == frozen
        assert len(sheet.data_validations.dataValidation) == len(table.columns)
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 1)
        assert all(sheet.column_dimensions[letter].width >= 8 for letter in "ABCDEFGH")
    rules = {rule.promptTitle: rule for sheet in book.worksheets for rule in sheet.data_validations.dataValidation}
    assert rules["Tipo"].formula1 == '"Actividad,Hito"'
    assert rules["Frecuencia"].formula1 == f'"{",".join(Frequency)}"'
    assert rules["Inicio"].type == "date"
    told = {line[1].value for line in book["Diccionario"].iter_rows(min_row=2)}
    assert told == {"Resultado final", *(column.heading for table in (STEPS, INDICATORS) for column in table.columns)}


@given(st.permutations(STEPS.columns), st.sampled_from([str.upper, str.lower, str.title]))
def test_columns_are_found_whatever_their_order_case_and_accents(columns: list, case: object) -> None:
    step = Step("A1", "Diseñar", starts=MONDAY, ends=MONDAY, responsible="María", product="Padrón")
    shown = {**vars(step), "starts": "01/03/2027", "ends": "1 de marzo de 2027", "after": ""}
    plain = [case(column.heading).replace("ó", "o").replace("É", "E") for column in columns]
    text = ";".join(plain) + "\n" + ";".join(shown[column.field] for column in columns)
    reading = read(text.encode())
    assert reading.roadmap == Roadmap((step,)), reading.faults


@given(days)
def test_a_day_is_read_however_it_is_said(day: dt.date) -> None:
    months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
    for text in (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day.day}-{months[day.month - 1]}-{day.year}"):
        assert day_of(text) == day


@pytest.mark.parametrize(
    "text", ["15/04/27", "4/15/2027", "31/04/2027", "2027", "abril", "15/04", "mañana", "46127", "-", "1/1/0001"]
)
def test_what_is_no_whole_day_is_refused(text: str) -> None:
    with pytest.raises(Unfit):
        day_of(text)


def weekdays(first: dt.date, last: dt.date) -> int:
    """Count the days from Monday to Friday, one by one."""
    return sum((first + dt.timedelta(n)).weekday() < 5 for n in range(max(0, (last - first).days + 1)))


def chains(key: str, steps: dict[str, Step]) -> Iterator[list[Step]]:
    """Yield every chain of dependencies that begins at a step, of every length."""
    yield [steps[key]]
    for other in steps.values():
        if key in other.after:
            yield from ([steps[key], *chain] for chain in chains(other.key, steps))


def by_hand(roadmap: Roadmap) -> tuple[dict[str, int], set[str]]:
    """Return each step's slack by every chain that there is, and those on which one without days depends."""
    steps = {step.key: step for step in roadmap.steps}
    last = max((step.ends for step in roadmap.steps if step.starts and step.ends), default=MONDAY)
    slack: dict[str, int] = {}
    blind: set[str] = set()
    one = dt.timedelta(1)
    for key in steps:
        for chain in chains(key, steps):
            if not all(step.starts and step.ends for step in chain):
                blind.add(key)
                continue
            spare = weekdays(chain[-1].ends + one, last)
            for before, then in pairwise(chain):
                until = then.starts if then.kind is Kind.MILESTONE else then.starts - one
                spare += weekdays(before.ends + one, until)
            slack[key] = min(slack.get(key, spare), spare)
    return slack, blind


@st.composite
def networks(draw: st.DrawFn) -> Roadmap:
    steps: list[Step] = []
    for number in range(draw(st.integers(0, 7))):
        starts = MONDAY + dt.timedelta(draw(st.integers(0, 20)))
        kind = draw(st.sampled_from(Kind))
        ends = starts + dt.timedelta(0 if kind is Kind.MILESTONE else draw(st.integers(0, 9)))
        after = tuple(step.key for step in steps if draw(st.booleans()))
        dated = draw(st.integers(0, 9)) > 0
        steps.append(Step(f"A{number}", "x", kind, starts if dated else None, ends if dated else None, after))
    return Roadmap(tuple(draw(st.permutations(steps))))


@pytest.mark.req("PL-10")
@settings(deadline=None, max_examples=500)
@given(networks())
def test_the_critical_path_is_that_of_every_chain_tried_by_hand(roadmap: Roadmap) -> None:
    path = critical_path(roadmap)
    slack, blind = by_hand(roadmap)
    assert set(path.critical) == {key for key, spare in slack.items() if not spare}
    assert dict(path.slack) == {key: spare for key, spare in slack.items() if key not in blind or not spare}
    assert set(path.unknown) == {key for key in blind if slack.get(key) != 0}
    steps = {step.key: step for step in roadmap.steps}
    early = [
        (step.key, name)
        for step in roadmap.steps
        for name in step.after
        if step.starts and steps[name].ends and step.starts < steps[name].ends
    ]
    assert len(path.contradictions) == len(early)
    for (key, name), said in zip(early, path.contradictions, strict=True):
        assert said.startswith(f"{key} empieza el ")
        assert f"depende de {name}, que termina el " in said


def test_a_weekend_between_gives_nothing_to_spare_and_a_week_does() -> None:
    friday = MONDAY + dt.timedelta(4)
    first = Step("A1", "Una", starts=MONDAY, ends=friday)
    aside = Step("A2", "Otra", starts=MONDAY, ends=MONDAY)
    then = Step("A3", "Tres", starts=friday + dt.timedelta(3), ends=friday + dt.timedelta(4), after=("A1", "A2"))
    path = critical_path(Roadmap((first, aside, then)))
    assert path.critical == ("A1", "A3")
    assert dict(path.slack) == {"A1": 0, "A2": 4, "A3": 0}


@pytest.mark.req("PL-10")
def test_a_contradiction_is_said_and_a_circle_has_no_path() -> None:
    one = Step("A1", "Una", starts=MONDAY, ends=MONDAY + dt.timedelta(9))
    two = Step("A2", "Dos", starts=MONDAY + dt.timedelta(1), ends=MONDAY + dt.timedelta(9), after=("A1",))
    assert critical_path(Roadmap((one, two))).contradictions == (
        "A2 empieza el 2 de marzo de 2027 y depende de A1, que termina el 10 de marzo de 2027.",
    )
    path = critical_path(Roadmap((replace(one, after=("A2",)), two)))
    assert not path.critical
    assert "en círculo" in path.contradictions[-1]


def test_a_figure_keeps_its_digits() -> None:
    figure = Decimal("0.123456789012345")
    roadmap = Roadmap((Step("A1", "x"),), (Indicator("n", target=figure, baseline=Decimal("123456789012.345")),))
    assert read(written(roadmap)).roadmap == roadmap
