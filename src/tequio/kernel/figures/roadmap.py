"""A route in time: rows grouped by month and, for each row, a strip on a grid of equal quarters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.dates import MONTHS

from tequio.kernel.figures.svg import Markup, drawing, element, join, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MONTHS_IN_QUARTER: Final = 3
QUARTERS_NAMED: Final = 12
STRIP: Final = 40
HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """One activity: what, who, when in words, its days where known (the end included), its state."""

    name: str
    when: str
    who: str = ""
    address: str = ""
    word: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None

    def begins(self) -> dt.date | None:
        """Return the first day that is known."""
        return self.starts_on or self.ends_on


@dataclass(frozen=True, slots=True)
class Span:
    """The quarters that a grid covers, from the first day of one to the last of another."""

    first: int
    quarters: int

    @classmethod
    def covering(cls, days: Iterable[dt.date]) -> Span:
        """Return the shortest span that holds these days; without days, the quarter of year one."""
        counted = [day.year * 4 + (day.month - 1) // MONTHS_IN_QUARTER for day in days] or [4]
        return cls(min(counted), max(counted) - min(counted) + 1)

    def place(self, day: dt.date) -> float:
        """Return where a day falls, 0 at the start and 1 at the end; every quarter is equally wide."""
        month = day.year * 12 + day.month - 1
        ahead = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        share = (day.day - 1) / (ahead - dt.timedelta(days=1)).day
        return ((month + share) / MONTHS_IN_QUARTER - self.first) / self.quarters

    def edges(self) -> list[float]:
        """Return where each quarter begins."""
        return [at / self.quarters for at in range(self.quarters)]


@dataclass(frozen=True, slots=True)
class Month:
    """The rows that begin in a month, unnamed where that is not known; `today` marks where we are."""

    name: str
    rows: tuple[tuple[Row, Markup], ...]
    today: bool = False


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A route ready to be shown: its months in order and the axis of its grid."""

    months: tuple[Month, ...]
    axis: Markup


def roadmap(rows: Sequence[Row], *, today: dt.date | None = None) -> Roadmap:
    """Return rows by the month in which they begin, undated last, with their strips; `today` adds a line."""
    days = [day for row in rows for day in (row.starts_on, row.ends_on) if day]
    span = Span.covering([*days, today] if today and days else days)
    grouped: dict[tuple[int, int], list[tuple[Row, Markup]]] = {}
    undated: list[tuple[Row, Markup]] = []
    for row in sorted(rows, key=lambda row: row.begins() or dt.date.max):
        begins = row.begins()
        group = undated if begins is None else grouped.setdefault((begins.year, begins.month), [])
        group.append((row, strip(row, span, today=today)))
    here = (today.year, today.month) if today else None
    if here:
        grouped.setdefault(here, [])
    months = [
        Month(f"{MONTHS[month]} de {year}".lower(), tuple(group), (year, month) == here)
        for (year, month), group in sorted(grouped.items())
    ]
    if undated:
        months.append(Month("", tuple(undated)))
    return Roadmap(tuple(months), axis(span, today))


def strip(row: Row, span: Span, *, today: dt.date | None = None) -> Markup:
    """Return a row's bar on its grid; a single known day is a point, and without any day nothing is drawn."""
    if row.begins() is None:
        return join([])
    marks = [grid(span)]
    starts, ends = row.starts_on, row.ends_on
    if starts and ends and ends > starts:
        begin, finish = span.place(starts), span.place(ends + dt.timedelta(days=1))
        marks.append(element("rect", "f-strong", x=percent(begin), width=percent(finish - begin), y=17, height=12))
    elif day := starts or ends:
        marks.append(element("circle", "f-strong", cx=percent(span.place(day)), cy=23, r=6))
    if today:
        marks.append(now(span, today))
    return element("svg", inside=join(marks), width="100%", height=STRIP, aria_hidden="true")


def grid(span: Span) -> Markup:
    """Return the thin line at the start of each quarter."""
    return join(element("line", "f-line", x1=percent(at), x2=percent(at), y1="0", y2="100%") for at in span.edges())


def now(span: Span, today: dt.date) -> Markup:
    """Return the line that stands at today."""
    at = percent(span.place(today))
    return element("line", "f-now", x1=at, x2=at, y1="0", y2="100%", stroke_width=2)


def axis(span: Span, today: dt.date | None = None) -> Markup:
    """Return the names of the quarters over the grid, or of the years alone where quarters would not fit."""
    names: list[Markup] = [grid(span)]
    for at, edge in enumerate(span.edges()):
        year, quarter = divmod(span.first + at, 4)
        if quarter == 0 or at == 0:
            names.append(label(str(year), edge, 14, weight=650))
        if span.quarters <= QUARTERS_NAMED:
            names.append(label(f"T{quarter + 1}", edge, 32))
    if today:
        names.append(now(span, today))
        here = span.place(today)
        beside = {"dx": -5, "text_anchor": "end"} if here > HALF else {"dx": 5}
        names.append(
            element("text", "f-text", "HOY", {"x": percent(here), "y": 14, **beside}, font_size=13, font_weight=650)
        )
    height = 40 if span.quarters <= QUARTERS_NAMED else 24
    first, last = span.first // 4, (span.first + span.quarters - 1) // 4
    title = f"Trimestres de {first} a {last}" if first != last else f"Trimestres de {first}"
    return drawing(title, "", join(names), width="100%", height=height)


def label(text: str, edge: float, y: int, *, weight: int = 400) -> Markup:
    """Return a word beside the line where its quarter begins."""
    return element("text", "f-label", text, x=percent(edge), dx=5, y=y, font_size=13, font_weight=weight)
