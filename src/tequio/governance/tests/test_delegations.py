"""A titular lets the substitute answer for some days: duties, notices and the session follow, and come back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW, again

from tequio.accounts.enums import Sector
from tequio.governance.enums import Choice, SeatRole
from tequio.governance.models import Delegation
from tequio.governance.tests.bodies import ACT
from tequio.governance.tests.test_pages import inside
from tequio.governance.workflows import (
    Holder,
    delegate_seat,
    end_delegation,
    fill_seat,
    take_position,
    vacate_seat,
)
from tequio.kernel.clock import day_of, today
from tequio.kernel.duties import owed_by
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-05", "EX-08")]
TODAY = day_of(NOW)
WEEK = timedelta(days=6)
TITULAR, SUBSTITUTE = "civil_society", "civil_society-2"


def away(stm: Secretariat, *, name: str = TITULAR, starts: int = 0, last: int = 6) -> Delegation:
    """Let a titular leave the seat to the substitute, some days from today."""
    days = {"starts_on": TODAY + timedelta(days=starts), "last_on": TODAY + timedelta(days=last)}
    return delegate_seat(stm.terms[name], **days, by=stm.holder(name), at=NOW)


def owed(stm: Secretariat, name: str, *, days: int = 0) -> list[str]:
    found = owed_by(stm.holder(name), NOW + timedelta(days=days)).duties
    return [duty.verb for duty in found if duty.key.startswith("governance.")]


def told(stm: Secretariat, name: str) -> list[str]:
    return list(OutboxMessage.objects.filter(recipient=stm.holder(name).email).values_list("subject", flat=True))


def test_duties_and_notices_go_to_the_substitute_and_come_back(stm: Secretariat) -> None:
    said = away(stm)
    assert away(stm) == said  # a double tap
    assert any(subject.startswith("Respondes por tu asiento") for subject in told(stm, SUBSTITUTE))
    stm.convene()  # four days from now
    assert "Convocatoria" not in str(told(stm, TITULAR))
    assert "Convocatoria" in str(told(stm, SUBSTITUTE))
    assert (owed(stm, TITULAR), owed(stm, SUBSTITUTE)) == ([], ["Confirma"])
    end_delegation(said, by=stm.holder(TITULAR), at=NOW)
    assert end_delegation(said, by=stm.holder(TITULAR), at=NOW).ended_by == stm.holder(TITULAR)
    assert owed(stm, TITULAR) == ["Confirma"]
    assert any(subject.startswith("Ya no respondes") for subject in told(stm, SUBSTITUTE))
    kinds = list(LedgerEntry.objects.filter(kind__contains="delegat").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["governance.seat_delegated", "governance.delegation_ended"]
    assert "Persona" not in str(list(LedgerEntry.objects.values_list("payload", flat=True)))


def test_a_session_after_the_last_day_is_the_titulars(stm: Secretariat) -> None:
    away(stm, last=2)
    stm.convene()
    assert "Convocatoria" in str(told(stm, TITULAR))
    assert owed(stm, TITULAR) == ["Confirma"]


def test_what_the_seat_owes_is_asked_of_who_answers_that_day(stm: Secretariat) -> None:
    session = stm.opened("guarantor", TITULAR)
    stm.adopt(session, "guarantor", TITULAR, text="Se hará.", owner=stm.seat(Sector.CIVIL_SOCIETY))
    away(stm, starts=1)
    assert "Cumple" in owed(stm, TITULAR)
    assert "Cumple" not in owed(stm, TITULAR, days=1)
    assert "Cumple" in owed(stm, SUBSTITUTE, days=1)
    assert "Cumple" not in owed(stm, TITULAR, days=6)
    assert "Cumple" in owed(stm, TITULAR, days=7)


def test_the_substitute_acts_in_the_session_though_both_came(stm: Secretariat) -> None:
    away(stm)
    session = stm.opened("guarantor", TITULAR, SUBSTITUTE)
    proposal = stm.put(session)
    with pytest.raises(Refused, match="Estos días responde tu suplente"):
        stm.say(proposal, TITULAR)
    stm.say(proposal, SUBSTITUTE)
    stm.arrive(session, "guarantor", at=session.starts_at or NOW)
    assert proposal.positions.get().term == stm.terms[SUBSTITUTE]


def test_the_titular_who_comes_alone_still_counts(stm: Secretariat) -> None:
    away(stm)
    session = stm.opened("guarantor", TITULAR)
    proposal = stm.put(session)
    at = proposal.put_at
    take_position(proposal, stm.terms[TITULAR], Choice.FAVOUR, version=1, by=stm.holder(TITULAR), at=at)
    assert proposal.positions.get().term == stm.terms[TITULAR]


def test_without_a_substitute_the_titular_answers_again(stm: Secretariat) -> None:
    away(stm)
    stm.convene()
    seat = stm.seat(Sector.CIVIL_SOCIETY, SeatRole.SUBSTITUTE)
    vacate_seat(seat, act=ACT, by=again(stm.runner), at=NOW)
    assert owed(stm, TITULAR) == ["Confirma"]
    with pytest.raises(Refused, match="no tiene suplente"):
        away(stm, starts=1)
    fill_seat(seat, Holder("Sin cuenta"), act=ACT, by=again(stm.runner), at=NOW)
    with pytest.raises(Refused, match="no entra con una cuenta"):
        away(stm, starts=1)
    stm.fill("nueva", seat)
    assert owed(stm, TITULAR) == []  # what was said holds for whoever substitutes


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda stm: away(stm, starts=-1), "Ese día ya pasó"),
        (lambda stm: away(stm, starts=3, last=2), "El último día va después"),
        (lambda stm: away(stm, last=400), "más de seis meses"),
        (lambda stm: away(stm, name=SUBSTITUTE), "Solo la persona titular"),
        (lambda stm: (away(stm), away(stm, starts=3, last=9)), "Ya dijiste que responde tu suplente"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    stm: Secretariat, act: Callable[[Secretariat], object], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        act(stm)


def test_days_that_are_over_make_room_and_are_kept(stm: Secretariat) -> None:
    first = away(stm, last=1)
    later = NOW + timedelta(days=3)
    with pytest.raises(Refused, match="ya terminó"):
        end_delegation(first, by=stm.holder(TITULAR), at=later)
    days = {"starts_on": day_of(later), "last_on": day_of(later)}
    second = delegate_seat(stm.terms[TITULAR], **days, by=stm.holder(TITULAR), at=later)
    assert set(Delegation.objects.in_force(day_of(later))) == {second}
    assert Delegation.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(term=first.term, **days, said_by=stm.holder(TITULAR), said_at=later)


def test_nobody_else_says_it(stm: Secretariat, cast: dict[str, User], visitor: AnonymousUser, liaison: User) -> None:
    days = {"starts_on": TODAY, "last_on": TODAY}
    for person in [*cast.values(), visitor, stm.holder("guarantor"), stm.holder(SUBSTITUTE)]:
        with pytest.raises(Refused, match="no puede decir quién responde"):
            delegate_seat(stm.terms[TITULAR], **days, by=person, at=NOW)
    said = away(stm)
    with pytest.raises(Refused, match="no puede terminar"):
        end_delegation(said, by=again(liaison), at=NOW)


def test_one_tap_on_the_page_of_the_seat(stm: Secretariat) -> None:
    seat = stm.seat(Sector.CIVIL_SOCIETY)
    base = f"/ejercicios/{stm.body.exercise.slug}/organos/"
    client = inside(stm.holder(TITULAR))
    page = f"{base}secretariado/asientos/{seat.order}/suplencia/"
    assert f'href="{page}"' in client.get(base).text
    assert f'href="{page}"' not in inside(stm.holder(SUBSTITUTE)).get(base).text
    form = client.get(page).text
    assert f'value="{today().isoformat()}"' in form  # what one tap sends
    days = {"starts_on": today().isoformat(), "last_on": (today() + WEEK).isoformat()}
    assert "Revisa las dos fechas" in client.post(page, {**days, "last_on": "2001-01-01"}).text
    assert client.post(page, {"starts_on": "ayer", "last_on": ""}).status_code == 200
    assert client.post(page, days)["Location"] == base
    assert "Responde su suplente del" in client.get(base).text
    assert "Terminar: vuelvo a responder" in client.get(page).text
    assert client.post(page, {"act": "end"})["Location"] == base
    assert "Responde su suplente del" not in client.get(base).text
    assert client.post(page, {"act": "end"}).status_code == 200  # nothing was left to end
    assert inside(stm.holder(SUBSTITUTE)).get(page).status_code == 403
