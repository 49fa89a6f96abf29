"""The command line."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bootstrap import cli, demo
from bootstrap.steps import ROOT, StopError

if TYPE_CHECKING:
    from pathlib import Path


def test_arguments_after_manage_are_not_ours() -> None:
    assert cli.split(["manage", "migrate", "--help"]) == (["manage"], ["migrate", "--help"])


def test_arguments_after_two_dashes_go_to_pytest() -> None:
    assert cli.split(["test", "sqlite", "--", "-k", "seat"]) == (["test", "sqlite"], ["-k", "seat"])


@pytest.mark.parametrize("text", ["0", "65536", "ochenta", "-1", "²"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SystemExit) as refusal:
        cli.parser().parse_args(["demo", "--port", text])
    assert refusal.value.code == 2


def test_an_unknown_lane_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["test", "oracle"]) == 2
    assert "no lane oracle" in capsys.readouterr().err


def test_a_busy_port_is_refused_before_any_work() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(StopError, match=f"El puerto {port} no está libre"):
            demo.refuse_busy(port)


def test_the_command_works_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tequio", "requirements"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "requirements have tests" in done.stdout.splitlines()[-1]
