"""The presentations that the stages of a table show, as the kit in force has them (CO-09)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tequio.cocreation.enums import StageTalk

if TYPE_CHECKING:
    from tequio.cocreation.models import Stage
    from tequio.cocreation.queries.tables import Clock
    from tequio.kernel.models import Edition


@dataclass(frozen=True, slots=True)
class Talk:
    """What a stage shows: its kind, and the documents of that kind in the kit; none where they are missing."""

    stage: Stage
    documents: tuple[dict[str, Any], ...]

    @property
    def name(self) -> str:
        """What is shown, in words."""
        return str(StageTalk(self.stage.shows).label)


def talks_of(clock: Clock, edition: Edition | None) -> list[Talk]:
    """Return what each stage of a table shows, of those in which the method asks for a presentation."""
    found = edition.content["documents"] if edition else []
    return [
        Talk(timed.stage, tuple(one for one in found if one["kind"] == timed.stage.shows))
        for timed in clock.stages
        if timed.stage.shows
    ]


def talk_now(clock: Clock, talks: list[Talk]) -> Talk | None:
    """Return what is shown in the stage that runs."""
    running = clock.now.stage.pk if clock.now else None
    return next((talk for talk in talks if talk.stage.pk == running), None)
