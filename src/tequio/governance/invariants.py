"""What must always hold of collegiate bodies, whatever died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, Q

from tequio.governance.enums import ElectionState, Outcome
from tequio.governance.models import Agreement, Election, Minutes, Proposal
from tequio.governance.queries.elections import receipts_file, votes_file
from tequio.governance.queries.minutes import KIND
from tequio.kernel.canonical import sha256
from tequio.kernel.editions import current
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


@invariant("Ningún acuerdo se aprobó sin quórum, y cada texto aprobado es un acuerdo")
def agreements_with_quorum() -> Iterator[str]:
    """Yield each proposal whose outcome and agreement, or quorum, contradict each other."""
    adopted = Q(outcome=Outcome.ADOPTED)
    wrong = Proposal.objects.filter(
        (adopted & (Q(agreement__isnull=True) | Q(present__lt=F("needed")))) | (~adopted & Q(agreement__isnull=False))
    )
    for proposal in wrong.select_related("session__body__exercise"):
        yield f"{proposal.session.reference}, propuesta {proposal.order}: {proposal.get_outcome_display()}."


@invariant("Los acuerdos de cada órgano y año se numeran sin huecos")
def agreements_without_gaps() -> Iterator[str]:
    """Yield each year of a body whose last number is not how many agreements it has."""
    counted = Agreement.objects.order_by().values("body__exercise__slug", "body__kind", "year")
    for row in counted.annotate(last=Max("number"), count=Count("pk")).exclude(last=F("count")):
        yield f"{row['body__exercise__slug']}, {row['body__kind']}, {row['year']}: {row['count']} de {row['last']}."


@invariant("Cada acta aprobada es la edición que se publicó")
def minutes_published() -> Iterator[str]:
    """Yield each approved minutes that have no edition, or another."""
    for minutes in Minutes.objects.filter(approved_at__isnull=False).select_related("session__body__exercise"):
        edition = current(KIND, minutes.session.key)
        if edition is None or edition.sha256 != minutes.sha256:
            yield f"{minutes.session.reference}: el acta no es la que se publicó."
