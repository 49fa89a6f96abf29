"""The workflow engine: a table of moves that feeds buttons, API, diagram and tests, and runs each move safely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.db import models, transaction

from tequio.kernel.facts import STATUS_CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.models.changes import StatusChange
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime


class Actor(Protocol):
    """Who asks: an account, or the anonymous visitor."""

    def has_perm(self, perm: str, obj: Any = None, /) -> bool:
        """Return whether the actor may do something to an object."""

    def get_username(self) -> str:
        """Return the account's name, for the history (never for the public ledger)."""


@dataclass(frozen=True)
class Move:
    """A way from some states to another; a guard returns what still blocks the move, as a sentence, or None.

    A dated guard is one whose answer is another on another day, so it is told when.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    guards: tuple[Callable[[Any], str | None], ...] = ()
    dated_guards: tuple[Callable[[Any, datetime], str | None], ...] = ()

    def blocks(self, obj: models.Model, *, at: datetime) -> list[str]:
        """Return the sentences of the guards that stop this move at an instant."""
        said = [*(guard(obj) for guard in self.guards), *(guard(obj, at) for guard in self.dated_guards)]
        return [reason for reason in said if reason]


@dataclass(frozen=True)
class Offer:
    """A move that a person may make, and what blocks it still."""

    move: Move
    blocks: list[str]


class Workflow:
    """The moves of a model's state field, one workflow per model; `identity` names the field with its public code."""

    declared: ClassVar[dict[str, Workflow]] = {}

    def __init__(
        self,
        model: type[models.Model],
        moves: Iterable[Move],
        *,
        field: str = "status",
        identity: str = "code",
    ) -> None:
        self.model = model
        self.moves = {move.name: move for move in moves}
        self.field = field
        self.identity = identity
        self.declared[model._meta.label] = self

    def subject(self, obj: models.Model) -> str:
        """Return the object's public reference, as «plans.ActionPlan:PAL1»."""
        return f"{obj._meta.label}:{getattr(obj, self.identity)}"

    def status(self, obj: models.Model) -> str:
        """Return the object's state."""
        return str(getattr(obj, self.field))

    def offers(self, obj: models.Model, person: Actor, *, at: datetime) -> list[Offer]:
        """Return the moves that a person may make now, with what blocks each."""
        return [
            Offer(move, move.blocks(obj, at=at))
            for move in self.moves.values()
            if self.status(obj) in move.sources and person.has_perm(move.permission, obj)
        ]

    @transaction.atomic
    def run(self, obj: models.Model, name: str, *, by: Actor, at: datetime) -> StatusChange:
        """Make a move on the row as it is now, locked; write its history and the ledger, and announce it."""
        move = self.moves.get(name)
        if move is None:
            raise Refused("Esa acción no existe.")
        fresh = self.model._base_manager.select_for_update().get(pk=obj.pk)
        before = self.status(fresh)
        if not by.has_perm(move.permission, fresh):
            raise Refused(f"Tu cuenta no tiene permiso para «{move.label}».")
        if before not in move.sources:
            raise Refused(f"No se puede «{move.label}»: el estado cambió. Actualiza la página.")
        if blocks := move.blocks(fresh, at=at):
            raise Refused(" ".join(blocks))
        self.model._base_manager.filter(pk=obj.pk).update(**{self.field: move.target})
        facts = {"move": name, "before": before, "after": move.target}
        change = StatusChange.objects.create(
            subject=self.subject(fresh), changed_by=by.get_username(), changed_at=at, **facts
        )
        record(f"{fresh._meta.app_label}.status_changed", change.subject, dict(facts), by=None, at=at)
        announce(STATUS_CHANGED, subject=change.subject, **facts)
        setattr(obj, self.field, move.target)
        return change

    def diagram(self) -> str:
        """Return the moves as a Mermaid state diagram, for the documents."""
        arrows = (
            f"    {source} --> {move.target}: {move.label}" for move in self.moves.values() for source in move.sources
        )
        return "\n".join(["stateDiagram-v2", *arrows])
