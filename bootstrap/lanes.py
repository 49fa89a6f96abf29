"""./tequio test: the lanes in their order, each with its seconds, and one last line with the sum."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bootstrap import postgres
from bootstrap.install import ensure
from bootstrap.steps import ROOT, StopError, environment, run, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

BROWSING = 3  # processes of the browser lane: a page that loads leaves a processor idle
NO_TESTS = 5  # pytest's exit code when it collects nothing
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = "no Chromium: install the package chromium, or set TEQUIO_CHROMIUM to the program"
TEST_SETTINGS = "tequio.project.test_settings"
CHECKS = {
    "ruff": ["-m", "ruff", "check", "--quiet", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "djlint": ["-m", "djlint", "src", "--lint"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"],
    "mypy": ["-m", "mypy", "--no-error-summary"],
    "system checks": ["-m", "django", "check", "--fail-level", "WARNING"],
    "migrations complete": ["-m", "django", "makemigrations", "--check", "--dry-run"],
}
LINT_MIGRATIONS = ["-m", "django", "lintmigrations", "--no-cache", "-q", "ok", "ignore", "--include-apps"]


@dataclass(frozen=True)
class Outcome:
    """How many checks of a lane passed and failed; why it did not run, when it did not."""

    passed: int = 0
    failed: int = 0
    skipped_because: str = ""


@dataclass(frozen=True)
class Call:
    """What a lane is given: the Python to use and the arguments after -- for pytest."""

    python: Path
    arguments: tuple[str, ...] = ()


def test(names: Sequence[str], arguments: Sequence[str], *, no_skips: bool) -> int:
    """Run the lanes named, or all, even after one fails; return 1 if anything failed."""
    call = Call(ensure("dev"), tuple(arguments))
    outcomes = {}
    for name in [lane for lane in LANES if not names or lane in names]:
        say(f"\n── {name} " + "─" * (70 - len(name)))
        begun = time.monotonic()
        outcome = outcomes[name] = run_lane(LANES[name], call)
        seconds = time.monotonic() - begun
        result = "SKIPPED" if outcome.skipped_because else f"{outcome.passed} passed, {outcome.failed} failed"
        say(f"── {name}: {result}, {seconds:.1f} s")
    return report(outcomes, no_skips=no_skips)


def report(outcomes: Mapping[str, Outcome], *, no_skips: bool) -> int:
    """Say which lanes did not run and the sum of all; return the exit code."""
    skipped = {name: outcome.skipped_because for name, outcome in outcomes.items() if outcome.skipped_because}
    for name, reason in skipped.items():
        say(f"\n!! LANE SKIPPED: {name}: {reason}")
    summed = total(outcomes.values())
    failed = summed.failed + (len(skipped) if no_skips else 0)
    say(f"\n{summed.passed} passed, {failed} failed")
    return 1 if failed else 0


def run_lane(lane: Callable[[Call], Outcome], call: Call) -> Outcome:
    """Run one lane; what it cannot do without is the reason it was skipped."""
    try:
        return lane(call)
    except StopError as reason:
        return Outcome(skipped_because=str(reason))


def lint(call: Call) -> Outcome:
    """Run every check that reads the source."""
    return total(check(call, title, arguments) for title, arguments in CHECKS.items())


def check(call: Call, title: str, arguments: Sequence[str], **extra: str) -> Outcome:
    """Run one Python program that judges the source and show what it says only if it refuses."""
    begun = time.monotonic()
    try:
        run([call.python, *arguments], lane_environment(**extra))
    except StopError as stop:
        say(f"✗ {title}\n{stop}\n")
        return Outcome(failed=1)
    say(f"✓ {title} {time.monotonic() - begun:.1f} s")
    return Outcome(passed=1)


def total(outcomes: Iterable[Outcome]) -> Outcome:
    """Add outcomes up."""
    each = list(outcomes)
    return Outcome(sum(outcome.passed for outcome in each), sum(outcome.failed for outcome in each))


def sqlite(call: Call) -> Outcome:
    """Run the suite on SQLite."""
    return pytest(call, "not browser and not postgres")


def on_postgres(call: Call) -> Outcome:
    """Lint the SQL of the migrations and run the suite, with the tests marked postgres, on a real PostgreSQL."""
    rooms = [path.parent.name for path in sorted((ROOT / "src" / "tequio").glob("*/migrations"))]
    with postgres.server(os.environ) as address:
        safe = check(call, "migrations safe", [*LINT_MIGRATIONS, *rooms], DATABASE_URL=address)
        return total([safe, pytest(call, "not browser", DATABASE_URL=address)])


def browser(call: Call) -> Outcome:
    """Run the journeys in a real browser."""
    chromium = find_chromium() or install_chromium()
    # Playwright's sync API runs a loop in the tests' thread, which Django takes for async code.
    found = {"TEQUIO_CHROMIUM": chromium, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    return pytest(call, "browser", processes=BROWSING, **found)


def find_chromium() -> str | None:
    """Return the program of a Chromium on this machine."""
    given = os.environ.get("TEQUIO_CHROMIUM")
    return given or next(filter(None, map(shutil.which, CHROMIUM)), None)


def install_chromium() -> str:
    """Install Chromium where the system lets us, and say so; stop where it does not."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium with apt-get …")
        quiet = environment(DEBIAN_FRONTEND="noninteractive")
        try:
            run(["apt-get", "update", "-qq"], quiet)
            run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet)
        except StopError as stop:
            raise StopError(f"{NO_CHROMIUM}\n{stop}") from stop
    found = find_chromium()
    if not found:
        raise StopError(NO_CHROMIUM)
    return found


def lane_environment(**extra: str) -> dict[str, str]:
    """Return a lane's environment: the tests' settings, and no database but the one the lane names."""
    env = environment(DJANGO_SETTINGS_MODULE=TEST_SETTINGS, **extra)
    if "DATABASE_URL" not in extra:
        env.pop("DATABASE_URL", None)
    return env


def pytest(call: Call, marks: str, *, processes: int = 2, **extra: str) -> Outcome:
    """Run pytest on the tests with these marks and count what it found."""
    with tempfile.TemporaryDirectory() as folder:
        junit = Path(folder) / "junit.xml"
        arguments = [
            "-m",
            "pytest",
            "-q",
            "-n",
            str(processes),
            "--dist=worksteal",
            "-rs",
            "-m",
            marks,
            f"--junitxml={junit}",
            *call.arguments,
        ]
        done = subprocess.run([call.python, *arguments], cwd=ROOT, env=lane_environment(**extra), check=False)
        if done.returncode == NO_TESTS:
            return Outcome()
        outcome = count(junit)
    # Pytest can fail outside any test, as when it cannot collect.
    return outcome if done.returncode == 0 or outcome.failed else Outcome(outcome.passed, 1)


def count(junit: Path) -> Outcome:
    """Count the tests of a JUnit report."""
    if not junit.exists():
        return Outcome()
    passed = failed = 0
    for suite in ET.parse(junit).getroot().iter("testsuite"):
        wrong = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        failed += wrong
        passed += int(suite.get("tests", 0)) - wrong - int(suite.get("skipped", 0))
    return Outcome(passed, failed)


LANES = {"lint": lint, "sqlite": sqlite, "postgres": on_postgres, "browser": browser}
