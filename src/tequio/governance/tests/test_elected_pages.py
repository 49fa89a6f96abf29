"""Seating whoever won: what the page of a seat offers after an election, and what one tap does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.cast import again

from tequio.accounts.enums import Sector
from tequio.governance.enums import BodyKind, Fills, SeatRole
from tequio.governance.tests.bodies import SECTORS
from tequio.governance.tests.test_pages import inside
from tequio.governance.tests.voters import called, members, over, vote
from tequio.governance.workflows import close_election, install_body

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-06", "EX-08")]
OFFER = "Quien ganó la elección"


def test_whoever_was_elected_is_seated_with_one_tap(exercise: Exercise, liaison: User) -> None:
    at = timezone.now()
    body = install_body(exercise, BodyKind.SECRETARIAT, name="STM", sectors=SECTORS, by=again(liaison), at=at)
    voters = members(exercise, 3)
    election = called(exercise, liaison, fills=Fills.TITULAR)
    titular, substitute = (
        body.seats.get(sector=Sector.CIVIL_SOCIETY, role=role) for role in (SeatRole.TITULAR, SeatRole.SUBSTITUTE)
    )
    page, other = (
        f"/ejercicios/{exercise.slug}/organos/secretariado/asientos/{seat.order}/ocupar/"
        for seat in (titular, substitute)
    )
    client = inside(liaison)
    before = client.get(page).text
    assert OFFER not in before
    assert before.index('<optgroup label="Inscritas en su sector">') < before.index("Grupo 1")
    mark = election.candidates.get(name="Ana Ávila").mark
    for voter in voters:
        vote(election, voter, mark)
    close_election(election, by=again(liaison), at=over(election))
    assert "Ana Ávila" in client.get(page).text
    assert OFFER not in client.get(other).text  # the titular alone was elected
    assert client.post(page, {"elected": "Carlos Peña"}).status_code == 200
    assert not titular.terms.exists()
    assert client.post(page, {"elected": "Ana Ávila"}).status_code == 302
    term = titular.terms.get()
    assert term.published_name == "Ana Ávila"
    assert term.source.startswith("Elección «Representantes de sociedad civil», ")
    assert OFFER not in client.get(page).text
