"""What must always hold of collegiate bodies, whatever died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.governance.enums import ElectionState
from tequio.governance.models import Election
from tequio.governance.queries.elections import receipts_file, votes_file
from tequio.kernel.canonical import sha256
from tequio.kernel.invariants import invariant

if TYPE_CHECKING:
    from collections.abc import Iterator


@invariant("Cada elección contada suma, y sus archivos son los que se publicaron")
def counted_elections_add_up() -> Iterator[str]:
    """Yield every counted election whose votes, receipts or turnout do not agree."""
    counted = Election.objects.filter(state=ElectionState.CLOSED).select_related("exercise", "urn", "turnout")
    for election in counted.prefetch_related("candidates").iterator(chunk_size=100):
        receipts, voted = election.urn.receipts or [], election.turnout.voted
        if not election.ballots == len(set(receipts)) == len(set(voted)):
            yield f"{election.code}: {election.ballots} votos, {len(receipts)} comprobantes, {len(voted)} votantes."
        shown = sum(each.votes or 0 for each in election.candidates.all()) + (election.blanks or 0)
        votes = votes_file(election)
        if votes is not None and shown != election.ballots:
            yield f"{election.code}: las candidaturas suman {shown} de {election.ballots} votos."
        if sha256(receipts_file(receipts)) != election.receipts_sha256:
            yield f"{election.code}: los comprobantes no son los que se publicaron."
        if (sha256(votes) if votes is not None else "") != election.votes_sha256:
            yield f"{election.code}: los votos no son los que se publicaron."
