"""The command line: `./tequio bench [NAME…] [--quick] [--list]`; a name is a measurement or how some begin."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from bootstrap.steps import ROOT, StopError, say

from bench import machine, pages, room, rows, seating
from bench.bars import BARS
from bench.measurement import Measurement, table
from bench.stage import Stage
from bench.stage import machine as describe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Part = tuple["Callable[[Stage], Iterator[Measurement]]", tuple[str, ...], bool]

RESULTS: Final = ROOT / "bench" / "results"
LONGEST: Final = {True: 60, False: 240}  # seconds of measuring, in a quick run and in a whole one
# What is measured together, the names that come of it, and whether a quick run measures it.
PARTS: Final[tuple[Part, ...]] = (
    (pages.visit, ("visit.",), True),
    (pages.cached, ("page.cached", "page.unchanged", "page.behind-nginx"), True),
    (pages.uncached, ("page.uncached.", "page.growth."), True),
    (machine.document, ("plan.pdf",), True),
    (machine.pack, ("pack.load",), False),
    (seating.seating, ("seating.",), True),
    (room.phones, ("room.",), True),
    (machine.demo, ("demo.",), True),
    (rows.on_sqlite, ("api.list.sqlite", "api.one.sqlite", "export.csv.sqlite"), False),
    (
        rows.on_postgresql,
        (
            "api.list.postgresql",
            "api.one.postgresql",
            "search.",
            "export.csv.postgresql",
            "page.database-stopped",
        ),
        False,
    ),
)


def main(arguments: Sequence[str]) -> int:
    """Measure what was named, or all; return 1 if a bar was not met."""
    options = parser().parse_args(arguments)
    unknown = [name for name in options.names if not chosen([name])]
    if unknown:
        sys.stderr.write(f"No measurement begins with {', '.join(unknown)}; see ./tequio bench --list.\n")
        return 2
    names = chosen(options.names)
    if options.list:
        say("\n".join(f"{name:32} {BARS[name]}" for name in names))
        return 0
    described, begun = describe(), time.monotonic()
    signal.signal(signal.SIGTERM, ended)
    stage = Stage(is_quick=options.quick)
    stage.prepare()
    made = time.monotonic() - begun
    signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST[options.quick])
    seen = list(measure(stage, names))
    signal.alarm(0)
    taken = time.monotonic() - begun - made
    summary = f"{described}\n{made:.0f} s to make the data, {taken:.0f} s to measure\n\n{table(seen)}"
    say(f"\n{summary}")
    keep(seen, summary)
    return int(any(measurement.met is False for measurement in seen))


def parser() -> argparse.ArgumentParser:
    """Describe the command."""
    described = argparse.ArgumentParser(prog="./tequio bench", description=__doc__)
    described.add_argument("names", nargs="*", metavar="NAME", help="measurements, or how their names begin (all)")
    described.add_argument("--quick", action="store_true", help="the demo's data and no PostgreSQL: under a minute")
    described.add_argument("--list", action="store_true", help="only say what is measured, with its bar")
    return described


def chosen(asked: Sequence[str]) -> list[str]:
    """Return the measurements that were asked for, in their order."""
    return [name for name in BARS if not asked or name.startswith(tuple(asked))]


def measure(stage: Stage, names: Sequence[str], parts: Sequence[Part] = PARTS) -> Iterator[Measurement]:
    """Run the parts that bring the names, print each measurement at once, and say what could not be taken."""
    for part, brings, in_quick in parts:
        wanted = [name for name in names if name.startswith(brings)]
        if not wanted or (stage.is_quick and not in_quick):
            continue
        taken = list[str]()
        try:
            for measurement in part(stage):
                if measurement.name in wanted:
                    taken.append(measurement.name)
                    say(measurement.line())
                    yield measurement
        except StopError as reason:
            for name in wanted:
                if name not in taken:
                    absent = Measurement(name=name, note=str(reason))
                    say(absent.line())
                    yield absent


def late(*_: Any) -> None:
    """End a run that takes too long; what it started ends with it."""
    raise SystemExit("The run took longer than it may; what was measured is above.")


def ended(*_: Any) -> None:
    """End when asked to, with all that was started."""
    raise SystemExit(1)


def keep(seen: Sequence[Measurement], summary: str) -> None:
    """Keep the run's lines and its table in bench/results."""
    RESULTS.mkdir(exist_ok=True)
    stem = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    (RESULTS / f"{stem}.jsonl").write_text("".join(f"{measurement.line()}\n" for measurement in seen))
    (RESULTS / f"{stem}.md").write_text(f"{summary}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
