"""The critical path of a roadmap: what, ending a day late, leaves no working day to spare before the end.

Between one thing and the next that depends on it, the days to spare are those from Monday to Friday in between. The
slack of a step is the fewest that any chain of dependencies has from it to the roadmap's last day; those without any
are critical. Official holidays are not known here, so a slack may be less than is said, never more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from tequio.plans.roadmaps.days import spoken
from tequio.plans.roadmaps.roadmap import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tequio.plans.roadmaps.roadmap import Roadmap, Step

SATURDAY: Final = 5
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Path:
    """What decides when a roadmap ends."""

    critical: tuple[str, ...] = ()
    """Keys, in the order of their days."""
    slack: tuple[tuple[str, int], ...] = ()
    """Working days to spare of each step of which they are known."""
    unknown: tuple[str, ...] = ()
    """Keys of those that have no days, and of those on which such a one depends."""
    contradictions: tuple[str, ...] = ()
    """In words."""


def critical_path(roadmap: Roadmap) -> Path:
    """Return the critical path; with a circle in the dependencies there is none."""
    steps = {step.key: step for step in roadmap.steps}
    graph = {key: [name for name in step.after if name in steps] for key, step in steps.items()}
    contradictions = tuple(contradicted(steps))
    try:
        order = [steps[key] for key in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        ring = " y ".join(dict.fromkeys(error.args[1]))
        said = f"{ring} dependen unas de otras en círculo: no hay ruta crítica."
        return Path(contradictions=(*contradictions, said))
    followers: dict[str, list[Step]] = {key: [] for key in steps}
    for step in order:
        for name in graph[step.key]:
            followers[name].append(step)
    last = max((step.ends for step in order if step.ends), default=None)
    spare: dict[str, int] = {}
    unknown: set[str] = set()
    for step in reversed(order):
        following = followers[step.key]
        if not (step.starts and step.ends and last):
            unknown.add(step.key)
            continue
        if any(follower.key in unknown for follower in following):
            unknown.add(step.key)
        chains = [spare[follower.key] + days_between(step, follower) for follower in following if follower.key in spare]
        spare[step.key] = min([*chains, working_days(step.ends + DAY, last)])
    dated = sorted(spare, key=lambda key: (steps[key].starts, steps[key].ends, key))
    return Path(
        critical=tuple(key for key in dated if not spare[key]),
        slack=tuple((key, spare[key]) for key in dated if key not in unknown or not spare[key]),
        unknown=tuple(key for key in steps if key in unknown and spare.get(key) != 0),
        contradictions=contradictions,
    )


def days_between(step: Step, follower: Step) -> int:
    """Return the working days to spare between a step and one that depends on it; a milestone takes none itself."""
    if not (step.ends and follower.starts):
        return 0
    is_milestone = follower.kind is Kind.MILESTONE
    return working_days(step.ends + DAY, follower.starts if is_milestone else follower.starts - DAY)


def working_days(first: date, last: date) -> int:
    """Count the days from Monday to Friday from one day to another, both included."""
    if last < first:
        return 0
    weeks, more = divmod((last - first).days + 1, 7)
    return weeks * SATURDAY + sum((first.weekday() + day) % 7 < SATURDAY for day in range(more))


def contradicted(steps: Mapping[str, Step]) -> list[str]:
    """Return, in words, each step that begins before what it depends on ends."""
    return [
        f"{step.key} empieza el {spoken(step.starts)} y depende de {before.key}, que termina el {spoken(before.ends)}."
        for step in steps.values()
        for before in (steps[name] for name in step.after if name in steps)
        if step.starts and before.ends and step.starts < before.ends
    ]
