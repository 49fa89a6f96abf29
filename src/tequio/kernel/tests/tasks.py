"""Jobs that do what a test needs them to do."""

from __future__ import annotations

import time
from pathlib import Path

from django_tasks import TaskContext, task

done: list[str] = []


@task
def note(word: str = "") -> str:
    done.append(word)
    return word


@task
def poison() -> None:
    raise LookupError("this one never works")


@task
def unwritable() -> object:
    return object()


@task(takes_context=True)
def slow(context: TaskContext, path: str, first: float, later: float = 0) -> None:
    """Write down that it starts, take its time (seconds), write down that it ends."""
    with Path(path).open("a", buffering=1) as log:
        log.write(f"start {context.attempt}\n")
        time.sleep(first if context.attempt == 1 else later)
        log.write(f"end {context.attempt}\n")
