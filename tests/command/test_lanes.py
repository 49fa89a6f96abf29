"""./tequio test: what it counts and when it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bootstrap import lanes, postgres
from bootstrap.lanes import Outcome
from bootstrap.steps import StopError

if TYPE_CHECKING:
    from pathlib import Path

REPORT = """<testsuites><testsuite tests="7" failures="1" errors="2" skipped="1"/></testsuites>"""


def test_a_report_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert lanes.count(report) == Outcome(passed=3, failed=3)


def test_outcomes_add_up() -> None:
    assert lanes.total([Outcome(2, 1), Outcome(3)]) == Outcome(5, 1)


def test_a_lane_that_cannot_run_says_why() -> None:
    def lane(_: lanes.Call) -> Outcome:
        raise StopError(lanes.NO_CHROMIUM)

    assert lanes.run_lane(lane, lanes.Call("python")).skipped_because == lanes.NO_CHROMIUM


@pytest.mark.parametrize(("no_skips", "code"), [(False, 0), (True, 1)])
def test_a_skipped_lane_fails_only_where_none_may_be_skipped(
    capsys: pytest.CaptureFixture[str], *, no_skips: bool, code: int
) -> None:
    outcomes = {"lint": Outcome(passed=2), "browser": Outcome(skipped_because="no Chromium")}
    assert lanes.report(outcomes, no_skips=no_skips) == code
    assert capsys.readouterr().out.endswith(f"2 passed, {code} failed\n")


def test_only_a_postgresql_is_used_as_one() -> None:
    with postgres.server({"DATABASE_URL": "postgresql://someone@db/tequio"}) as address:
        assert address == "postgresql://someone@db/tequio"


def test_the_version_of_a_folder_without_postgresql_is_none(tmp_path: Path) -> None:
    assert postgres.version(tmp_path) == 0
