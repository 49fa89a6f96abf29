"""The count: from marks to who is elected, by the rules that the election said beforehand."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from tequio.governance.enums import Fills, TieBreak, WinningMajority

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Rules:
    """What decides an election besides its ballots."""

    seats: int
    ranked: bool
    """Whether the first place is another seat than the second, as titular and substitute are."""
    majority: str = WinningMajority.SIMPLE
    tie_rule: str = TieBreak.LOT
    single: bool = False
    """Whether there is one candidate, who must win more votes than the blank ones."""

    @classmethod
    def of(cls, seats: int, fills: str, majority: str, tie_rule: str, candidates: int) -> Rules:
        """Return the rules of an election."""
        return cls(seats, fills == Fills.BOTH, majority, tie_rule, candidates == 1)


@dataclass
class Outcome:
    """What a count gives: votes by mark, who is elected in order, who by lot, and between whom a second round is."""

    votes: dict[str, int]
    blanks: int
    elected: list[str] = field(default_factory=list)
    by_lot: list[str] = field(default_factory=list)
    second_round: list[str] = field(default_factory=list)


def lot(mark: str, *, seed: str, receipts_sha256: str) -> str:
    """Return a candidate's lot: lower is drawn first. Nobody knows the receipts before the count."""
    return hashlib.sha256(f"{seed}:{receipts_sha256}:{mark}".encode()).hexdigest()


def drawn_order(names: Iterable[str], *, seed: str) -> list[str]:
    """Return names in the order in which the ballot shows them."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).hexdigest())


def count(marks: Sequence[str], standing: Sequence[str], rules: Rules, *, seed: str, receipts_sha256: str) -> Outcome:
    """Count ballots; a candidate without a vote is not elected, and its place stays empty."""
    tally = Counter(marks)
    votes = {mark: tally[mark] for mark in standing}
    outcome = Outcome(votes, len(marks) - sum(votes.values()))
    if rules.single:
        outcome.elected = [mark for mark in standing if votes[mark] > outcome.blanks]
        return outcome
    voted = sorted((mark for mark in standing if votes[mark]), key=lambda mark: (-votes[mark], mark))
    groups = [list(group) for _, group in groupby(voted, key=votes.__getitem__)]
    if rules.majority == WinningMajority.ABSOLUTE and voted and 2 * votes[voted[0]] <= sum(votes.values()):
        outcome.second_round = groups[0] if len(groups[0]) > 1 else groups[0] + groups[1]
        return outcome
    for group in groups:
        free = rules.seats - len(outcome.elected)
        if free <= 0:
            break
        is_tied = len(group) > free or (rules.ranked and not outcome.elected and len(group) > 1)
        if is_tied and rules.tie_rule == TieBreak.SECOND_ROUND:
            outcome.second_round = group
            break
        if is_tied:
            group.sort(key=lambda mark: lot(mark, seed=seed, receipts_sha256=receipts_sha256))
            outcome.by_lot = group[:free]
        outcome.elected += group[:free]
    return outcome
