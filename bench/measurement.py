"""One measurement: its value, its baseline, whether it reaches its bar, and how it is printed."""

from __future__ import annotations

import json
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bench.bars import BARS

if TYPE_CHECKING:
    from collections.abc import Sequence

HUNDRED: Final = 100  # from here on decimals are noise
COMPARE: Final = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """A figure with all that was seen beside it; a value of None says, in the note, why it could not be taken."""

    name: str
    value: float | None = None
    unit: str = ""
    baseline: float | None = None
    baseline_name: str = ""
    queries: int | None = None
    bytes: int | None = None
    bytes_raw: int | None = None
    cpu_ms: float | None = None
    baseline_cpu_ms: float | None = None
    peak_mb: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The value as a part of its baseline."""
        return self.value / self.baseline if self.value is not None and self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether every bar holds; None without a bar or without a value."""
        bar = BARS[self.name]
        if self.value is None or not bar:
            return None
        return all(self._holds(*part.split()) for part in bar.split(", "))

    def _holds(self, figure: str, sign: str, limit: str) -> bool:
        """Compare one figure; one that was not taken reaches nothing."""
        seen = getattr(self, figure)
        return seen is not None and bool(COMPARE[sign](seen, float(limit)))

    def line(self) -> str:
        """Return the measurement as one line of JSON; a bar not judged has met null."""
        words = {None: None, True: "yes", False: "no"}
        shown = {**vars(self), "ratio": self.ratio, "bar": BARS[self.name], "met": words[self.met]}
        return json.dumps({key: _short(value) for key, value in shown.items()}, ensure_ascii=False)


def table(measurements: Sequence[Measurement]) -> str:
    """Return the run as a short Markdown table."""
    head = ["| measurement | value | ratio to its baseline | beside it | bar | met |", "|---|---|---|---|---|---|"]
    return "\n".join(head + [_row(measurement) for measurement in measurements])


def _row(seen: Measurement) -> str:
    """Return a measurement as a row."""
    if seen.value is None:
        return f"| {seen.name} | absent: {seen.note} | | | {BARS[seen.name]} | |"
    ratio = f"{_short(seen.ratio)} of {_short(seen.baseline)} ({seen.baseline_name})" if seen.baseline else ""
    beside = {"queries": seen.queries, "bytes": seen.bytes, "CPU ms": seen.cpu_ms, "MB at most": seen.peak_mb}
    beside["CPU ms of the baseline"] = seen.baseline_cpu_ms
    told = ", ".join(f"{_short(figure)} {name}" for name, figure in beside.items() if figure is not None)
    judged = {None: "", True: "yes", False: "**no**"}[seen.met]
    told = "; ".join(filter(None, [told, seen.note]))
    return f"| {seen.name} | {_short(seen.value)} {seen.unit} | {ratio} | {told} | {BARS[seen.name]} | {judged} |"


def _short(value: object) -> object:
    """Return a number with the three digits that mean something."""
    if not isinstance(value, float):
        return value
    return round(value) if abs(value) >= HUNDRED else float(f"{value:.3g}")
