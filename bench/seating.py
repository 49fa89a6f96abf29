"""Measures the seating of a co-creation table beside drawing lots and beside the nearest thing to hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measurement import Measurement
from bench.stage import inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stage import Stage


def seating(stage: Stage) -> Iterator[Measurement]:
    """Measure how long 120 people take, and how far from what can be met 300 lists end, by each way."""
    seen = inside(stage.folder / "demo", "seating")
    ours, greedy, lots = (seen[way] for way in ("ours", "greedy", "lots"))
    yield Measurement(
        name="seating.time",
        value=ours["slowest"],
        unit="s",
        baseline=greedy["slowest"],
        baseline_name="greedy",
        peak_mb=seen["peak_mb"],
        note="the slowest of eight lists of 120",
    )
    for kind in ("sectors", "institutions", "uneven", "neighbours", "sexes"):
        yield Measurement(
            name=f"seating.{kind}",
            value=ours[kind],
            unit="pairs over the fewest",
            baseline=greedy[kind],
            baseline_name="greedy",
            note=f"drawing lots {lots[kind]}",
        )
