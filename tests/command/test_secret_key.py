"""The secret key made at the first start is one, and whole, however many processes start at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

from tequio.project.environment import secret_key

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_all_who_start_at_once_read_one_whole_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEQUIO_SECRET_KEY", raising=False)
    for n in range(20):
        folder = tmp_path / str(n)
        folder.mkdir()
        barrier = Barrier(4)

        def start(folder: Path = folder, barrier: Barrier = barrier) -> str:
            barrier.wait()
            return secret_key(folder)

        with ThreadPoolExecutor(4) as pool:
            keys = {started.result() for started in [pool.submit(start) for _ in range(4)]}
        assert [len(key) >= 50 for key in keys] == [True]
        assert [path.name for path in folder.iterdir()] == ["secret-key"]
