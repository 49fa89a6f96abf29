"""What is read along is what `prefetch_related` would have read, in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import Model, Prefetch
from django.test.utils import CaptureQueriesContext

from tequio.accounts.enums import Sector
from tequio.exercises.models import Phase
from tequio.governance.enums import SeatRole
from tequio.governance.models import Agreement, Body, Election, Seat, Session, Turnout, Urn
from tequio.governance.tests.voters import called, members
from tequio.kernel.along import read_along, read_together

if TYPE_CHECKING:
    from collections.abc import Callable

    from tequio.accounts.models import User
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-10")]

NOTED = (
    *("body__seats__terms", "body__mechanisms", "presences__term__seat", "presences__term__organization"),
    *("changes", "items", "confirmations", "proposals__owner", "proposals__agreement__body"),
    *("proposals__positions__seat", "record__remarks__term"),
)


@pytest.fixture
def busy(stm: Secretariat) -> Secretariat:
    """A secretariat in session, with an agreement and a text under deliberation."""
    session = stm.opened("guarantor", "civil_society")
    stm.adopt(session, "guarantor", "civil_society", text='Un acuerdo con «ñ», "comillas" y \\.')
    stm.say(stm.put(session, owner=stm.seat(Sector.CIVIL_SOCIETY)), "guarantor", reason="Línea\nnueva")
    return stm


def told(row: Any, lookups: dict[str, Any]) -> Any:
    """Return a row and all that hangs from it, with the types of its values."""
    if not isinstance(row, Model):
        return [told(each, lookups) for each in row.all()] if hasattr(row, "all") else row
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    shown = {name: (type(value).__name__, value) for name, value in values.items()}
    return row, shown, {name: told(getattr(row, name, None), below) for name, below in lookups.items()}


def steps(lookups: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for lookup in lookups:
        here = found
        for step in lookup.split("__"):
            here = here.setdefault(step, {})
    return found


def asked(read: Callable[[], Any]) -> tuple[Any, int]:
    with CaptureQueriesContext(connection) as captured:
        return read(), len(captured)


def test_a_session_is_read_with_all_that_hangs_from_it(busy: Secretariat) -> None:
    [whole], queries = asked(lambda: read_along(Session.objects.filter(body=busy.body), *NOTED))
    [same] = Session.objects.filter(body=busy.body).prefetch_related(*NOTED)
    shown, more = asked(lambda: told(whole, steps(NOTED)))
    assert (queries, more) == (1, 0)
    assert shown == told(same, steps(NOTED))
    proposal = whole.proposals.all()[0]
    assert proposal.session is whole
    assert proposal.agreement.proposal is proposal
    assert not hasattr(whole.proposals.all()[1], "agreement")
    assert not hasattr(whole, "record")


def test_what_hangs_may_be_chosen_ordered_and_named(busy: Secretariat) -> None:
    titulars = Seat.objects.filter(role=SeatRole.TITULAR).order_by("-order")
    lookups = Prefetch("seats", titulars, to_attr="titulars"), "seats__terms"
    [body], queries = asked(lambda: read_along(Body.objects.filter(pk=busy.body.pk), *lookups))
    assert vars(body)["titulars"] == list(titulars.filter(body=busy.body))
    assert [len(seat.terms.all()) for seat in vars(body)["titulars"]] == [1, 1, 1]
    assert queries == 1
    assert body.seats.count() > len(titulars)


def test_lists_that_nothing_relates_are_read_together(stm: Secretariat, guarantor_staff: User) -> None:
    members(stm.body.exercise, 3)
    election = called(stm.body.exercise, guarantor_staff)
    lists = {
        "phases": Phase.objects.standing().select_related("origin").prefetch_related("waivers"),
        "turnouts": Turnout.objects.all(),
        "elections": Election.objects.select_related("turnout"),
        "nobody": Agreement.objects.none(),
        "none": Agreement.objects.filter(year=1),
    }
    found, queries = asked(lambda: read_together(guarantor_staff, **lists))
    assert queries == 1
    assert found == {name: list(rows) for name, rows in lists.items()}
    assert found["turnouts"][0].voted == []
    assert found["elections"][0].turnout.election is found["elections"][0]
    assert found["elections"][0].opens_at == election.opens_at
    assert all(asked(phase.waivers.all)[1] == 0 and phase.origin for phase in found["phases"])


def test_what_json_would_change_is_refused(guarantor_staff: User) -> None:
    with pytest.raises(ValueError, match="Urn cannot be read along: sealed"):
        read_together(guarantor_staff, urns=Urn.objects.all())
