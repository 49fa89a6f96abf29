"""What listens to the parts of an XLSX that its sheets need: their names, their texts, their formats."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from tequio.plans.roadmaps.columns import MARK
from tequio.plans.roadmaps.grid import Held

BUILT_IN_DAYS: Final = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
BUILT_IN_PERCENTS: Final = frozenset({9, 10})
LOCAL_DAY: Final = 14
"""The format that each program shows as its own country does."""
UNSPOKEN: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
DAYS_SIGNS: Final = re.compile("[dy]")
CLOCK_SIGNS: Final = re.compile("[hs]")
MONTH_FIRST: Final = re.compile("m{1,4}[^a-z]+d")
ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
TRUE: Final = frozenset({"1", "true", "on"})
EPOCH_1900: Final = date(1899, 12, 30)
EPOCH_1904: Final = date(1904, 1, 1)
LONGEST_FORMAT: Final = 255
MOST_SHEETS: Final = 40
MINUTES: Final = 24 * 60


class Events:
    """What the parser tells: the start, the text and the end of each element, by its local name."""

    def __init__(self) -> None:
        """Start with no text at hand."""
        self.held: list[str] = []
        self.is_phonetic = False
        """Whether what comes says how a text is read aloud in Japanese."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear that an element starts."""
        self.held.clear()
        self.is_phonetic = self.is_phonetic or local(tag) == "rPh"
        self.opened(local(tag), {local(name): value for name, value in attributes.items()})

    def data(self, text: str) -> None:
        """Keep a piece of text."""
        self.held.append(text)

    def end(self, tag: str) -> None:
        """Hear that an element ends, with the text since the last tag."""
        if local(tag) == "rPh":
            self.is_phonetic = False
        elif not self.is_phonetic:
            self.closed(local(tag), "".join(self.held))
        self.held.clear()

    def close(self) -> None:
        """End."""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element that starts."""

    def closed(self, name: str, text: str) -> None:
        """Take an element that ends."""


class Outline(Events):
    """The workbook's part: its sheets, its calendar, the template's mark."""

    def __init__(self) -> None:
        """Start with nothing known."""
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.version = self._defined = ""
        self.epoch = EPOCH_1900

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take a sheet's name, the calendar or a defined name."""
        if name == "sheet" and len(self.sheets) <= MOST_SHEETS:
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("id", ""), is_hidden))
        elif name == "workbookPr" and attributes.get("date1904", "").lower() in TRUE:
            self.epoch = EPOCH_1904
        elif name == "definedName":
            self._defined = attributes.get("name", "")

    def closed(self, name: str, text: str) -> None:
        """Take the mark's value."""
        if name == "definedName" and self._defined == MARK:
            self.version = text.lstrip("=").strip('"')[:20]


class Links(Events):
    """A part's relations: what each leads to, by its identity and by its kind."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.sheets: set[str] = set()

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take a relation within the file."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            identity, kind = attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2]
            self.targets[identity] = self.kinds[kind] = attributes.get("Target", "")
            if kind == "worksheet":  # a sheet that is a chart is of another kind
                self.sheets.add(identity)


class Strings(Events):
    """The texts that cells share, each with its runs together."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.texts: list[str] = []
        self._runs: list[str] = []

    def closed(self, name: str, text: str) -> None:
        """End a run or a text."""
        if name == "t":
            self._runs.append(text)
        elif name == "si":
            self.texts.append(unescaped("".join(self._runs)))
            self._runs.clear()


class Styles(Events):
    """How each style shows a number: as a date, a percentage, or as it is."""

    def __init__(self) -> None:
        """Start with the formats that need no declaration."""
        super().__init__()
        self.styles: list[tuple[Held, bool]] = []
        self._codes: dict[int, str] = {}
        self._is_inside = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take a format or a style."""
        if name == "numFmt":
            self._codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")[:LONGEST_FORMAT]
        elif name in {"cellXfs", "cellStyleXfs"}:
            self._is_inside = name == "cellXfs"
        elif name == "xf" and self._is_inside:
            self.styles.append(self._shown(int(attributes.get("numFmtId", "0"))))

    def _shown(self, number: int) -> tuple[Held, bool]:
        """Return how a format shows a number, and whether it may be month first."""
        code = UNSPOKEN.sub("", self._codes.get(number, "")).lower()
        if number in BUILT_IN_DAYS or (code and is_day(code)):
            return Held.DAY, number == LOCAL_DAY or bool(MONTH_FIRST.match(code))
        return (Held.PERCENT if number in BUILT_IN_PERCENTS or "%" in code else Held.NUMBER), False


def local(name: str) -> str:
    """Return a name without its namespace: programs differ in it."""
    return name.rpartition("}")[2]


def number(text: str | None) -> int:
    """Return an attribute's number; none is 0."""
    return int(text) if text else 0


def unescaped(text: str) -> str:
    """Return a text without the escapes that XLSX gives to what XML cannot hold."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def is_day(code: str) -> bool:
    """Say whether a format shows a day: with a day or a year, or with months and no clock."""
    return bool(DAYS_SIGNS.search(code) or ("m" in code and not CLOCK_SIGNS.search(code)))


def instant(serial: float, epoch: date) -> str:
    """Return a serial number's day as ISO 8601, with its hour where it has one."""
    days, minutes = divmod(round(serial * MINUTES), MINUTES)
    day = epoch + timedelta(days=days)
    return f"{datetime.combine(day, time(*divmod(minutes, 60))):%Y-%m-%dT%H:%M}" if minutes else day.isoformat()
