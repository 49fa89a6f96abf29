"""./tequio bench: what it says it measures, how it judges, and that it says why what it cannot measure is absent."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from bench import processes
from bench.__main__ import PARTS, main, measure
from bench.bars import BARS
from bench.measurement import Measurement, table
from bench.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_the_bench_lists_its_measurements_with_their_bars(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["page.cached", "plan.", "--list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1) for line in listed] == [
        ["page.cached", "ratio >= 0.15, cpu_ms <= 0.12"],
        ["plan.pdf", "value <= 1, peak_mb <= 300"],
    ]


def test_a_name_that_begins_no_measurement_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["page.cached", "tortoise"]) == 2
    assert "tortoise" in capsys.readouterr().err


def test_each_measurement_comes_of_exactly_one_part() -> None:
    parts = {name: [part for part, brings, _ in PARTS if name.startswith(brings)] for name in BARS}
    assert [name for name, found in parts.items() if len(found) != 1] == []


@pytest.mark.parametrize(
    ("value", "cpu_ms", "met"),
    [(1500.0, 0.11, "yes"), (1499.0, 0.11, "no"), (1500.0, 0.13, "no"), (1500.0, None, "no")],
)
def test_a_ratio_is_of_its_baseline_and_every_bar_must_hold(value: float, cpu_ms: float | None, met: str) -> None:
    seen = Measurement(name="page.cached", value=value, baseline=10_000.0, cpu_ms=cpu_ms)
    line = json.loads(seen.line())
    assert seen.ratio == value / 10_000
    assert line["met"] == met
    assert line["bar"] == "ratio >= 0.15, cpu_ms <= 0.12"


def test_what_could_not_be_measured_is_neither_met_nor_not() -> None:
    absent = Measurement(name="page.cached", note="no wrk: apt-get install wrk")
    assert json.loads(absent.line())["met"] is None
    assert "absent: no wrk: apt-get install wrk" in table([absent])


def test_a_tool_that_is_absent_is_named_for_each_measurement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)

    def part(stage: Stage) -> Iterator[Measurement]:
        yield Measurement(name="page.cached", value=stage.generator.left)

    names = ("page.cached", "page.unchanged")
    seen = list(measure(Stage(is_quick=True), names, [(part, names, True)]))
    assert {measurement.note for measurement in seen} == {"no wrk: apt-get install wrk"}
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_the_cost_of_this_process_is_read() -> None:
    group = os.getpgid(0)
    before = processes.cpu_ms(group)
    sum(range(3_000_000))
    assert processes.cpu_ms(group) > before
    assert processes.peak_mb(group) > 10
