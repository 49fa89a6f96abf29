"""Closing an election: the urn is opened once, counted by the rules said beforehand, and published."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from tequio.accounts.models import User
from tequio.governance.enums import CLOSE_ELECTION, ElectionState, Fills, TieBreak, WinningMajority
from tequio.governance.models import Candidate, Election, Turnout, Urn
from tequio.governance.queries.elections import FEWEST_VOTES_SHOWN, receipts_file, votes_file
from tequio.governance.workflows.calling import subject_of, tell
from tequio.governance.workflows.counting import Outcome, Rules, count
from tequio.governance.workflows.urns import BLANK, unseal
from tequio.kernel.canonical import sha256
from tequio.kernel.clock import database_now
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

VOTES: Final = "votos.json"
RECEIPTS: Final = "comprobantes.txt"
SOON: Final = timedelta(days=1)

logger = logging.getLogger(__name__)


def close_election(election: Election, *, by: User | AnonymousUser, at: datetime) -> Election:
    """Count an election whose window ended, or in which everybody voted; asked again, it is the same result."""
    found = Election.objects.select_related("exercise").get(pk=election.pk)
    if not isinstance(by, User) or not by.has_perm(CLOSE_ELECTION, found):
        raise Refused("Tu cuenta no puede cerrar esta elección.")
    return _close(found, at=at)


def close_due_elections(*, at: datetime) -> int:
    """Count every election whose window ended by the database's clock: nobody has to be there."""
    due = Election.objects.filter(state=ElectionState.CALLED, closes_at__lte=Now())
    closed = 0
    for election in due:
        try:
            _close(election, at=at)
        except Refused:
            logger.exception("La elección %s no se pudo contar", election.code)
        else:
            closed += 1
    return closed


@transaction.atomic
def _close(election: Election, *, at: datetime) -> Election:
    """Count, write what may be published and forget the rest."""
    turnout = Turnout.objects.select_for_update().filter(election=election).first()
    election = Election.objects.select_for_update(of=("self",)).select_related("exercise").get(pk=election.pk)
    if election.state == ElectionState.CLOSED:
        return election
    if turnout is None or election.state != ElectionState.CALLED:
        raise Refused("Esta elección no está en votación.")
    everybody = len(turnout.voted) == election.roll_size
    now = database_now()
    if election.window.contains(now) and not everybody:
        raise Refused("La votación sigue abierta. Se cuenta al cierre, o antes si ya votó todo el padrón.")
    if now < election.opens_at:
        raise Refused("La votación todavía no abre.")
    urn = Urn.objects.get(election=election)
    contents = unseal(urn.sealed, seed=election.seed)
    candidates = list(election.candidates.all())
    election.receipts_sha256 = sha256(receipts_file(contents.receipts))
    rules = Rules.of(election.seats, election.fills, election.majority, election.tie_rule, len(candidates))
    marks = [candidate.mark for candidate in candidates]
    seed, receipts = election.seed, election.receipts_sha256
    outcome = count(contents.marks, marks, rules, seed=seed, receipts_sha256=receipts)
    is_shown = len(contents.marks) >= FEWEST_VOTES_SHOWN
    urn.sealed, urn.receipts, urn.marks = b"", contents.receipts, contents.marks if is_shown else None
    urn.save()
    election.urn = urn
    _write_result(election, candidates, outcome, ballots=len(contents.marks), is_shown=is_shown, at=at)
    if outcome.second_round:
        _draft_second_round(election, candidates, outcome)
    tell(election, "close", before=ElectionState.CALLED)
    record(
        "governance.election_counted", subject_of(election), _told(election, outcome, is_shown=is_shown), by=None, at=at
    )
    return election


def _write_result(
    election: Election, candidates: list[Candidate], outcome: Outcome, *, ballots: int, is_shown: bool, at: datetime
) -> None:
    """Write on the election and its candidates what came of the count."""
    for candidate in candidates:
        mark = candidate.mark
        candidate.votes = outcome.votes[mark] if is_shown else None
        candidate.place = outcome.elected.index(mark) + 1 if mark in outcome.elected else None
        candidate.by_lot = mark in outcome.by_lot
        candidate.save(update_fields=["votes", "place", "by_lot"])
    votes = votes_file(election)
    election.state, election.counted_at, election.ballots = ElectionState.CLOSED, at, ballots
    election.blanks = outcome.blanks if is_shown else None
    election.votes_sha256 = sha256(votes) if votes else ""
    election.save()


def _draft_second_round(election: Election, candidates: list[Candidate], outcome: Outcome) -> None:
    """Prepare the second round among those who tied, for the seats still free; a tie in it goes to lot."""
    last = Election.objects.filter(exercise=election.exercise).aggregate(last=Max("number"))["last"]
    lasted = (election.closes_at or election.opens_at) - election.opens_at
    opens_at = (election.counted_at or election.opens_at) + SOON
    second = Election.objects.create(
        exercise=election.exercise,
        number=last + 1,
        kind=election.kind,
        question=f"{election.question[:180]} (segunda vuelta)",
        explanation=election.explanation,
        sector=election.sector,
        body=election.body,
        fills=Fills.SUBSTITUTE if outcome.elected and election.fills == Fills.BOTH else election.fills,
        seats=election.seats - len(outcome.elected),
        majority=WinningMajority.SIMPLE,
        tie_rule=TieBreak.LOT,
        previous=election,
        opens_at=opens_at,
        closes_at=opens_at + lasted,
    )
    Candidate.objects.bulk_create(
        Candidate(
            election=second,
            name=each.name,
            presentation=each.presentation,
            registration=each.registration,
            has_consent=each.has_consent,
        )
        for each in candidates
        if each.mark in outcome.second_round
    )


def _told(election: Election, outcome: Outcome, *, is_shown: bool) -> dict[str, Any]:
    """Return what the record says of a count; no fingerprint of few votes, from which they could be guessed."""
    files = [{"name": RECEIPTS, "sha256": election.receipts_sha256}]
    if is_shown:
        files.append({"name": VOTES, "sha256": election.votes_sha256})
    return {
        "roll": election.roll_size,
        "ballots": election.ballots,
        "votes": {**outcome.votes, BLANK: outcome.blanks} if is_shown else None,
        "elected": outcome.elected,
        "by_lot": outcome.by_lot,
        "second_round": outcome.second_round,
        "files": files,
    }
