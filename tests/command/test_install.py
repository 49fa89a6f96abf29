"""The environment and the locked requirements."""

from __future__ import annotations

import re

import pytest
from bootstrap.steps import REQUIREMENTS

LOCKED = re.compile(r"^([a-z0-9._\[\],-]+==\S+)(?: ; .*)? \\$", re.MULTILINE | re.IGNORECASE)


def pins(level: str) -> set[str]:
    return set(LOCKED.findall((REQUIREMENTS / f"{level}.txt").read_text()))


@pytest.mark.parametrize(("lower", "higher"), [("runtime", "test"), ("test", "dev")])
def test_each_level_holds_the_one_below_at_the_same_versions(lower: str, higher: str) -> None:
    assert pins(lower) < pins(higher)


@pytest.mark.parametrize("level", ["runtime", "test", "dev", "uv"])
def test_every_requirement_has_its_hashes(level: str) -> None:
    entries = re.split(r"\n(?=\S)", (REQUIREMENTS / f"{level}.txt").read_text().strip())
    assert pins(level)
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
