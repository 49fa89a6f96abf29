"""Accompanying a municipality: each verb from everyone's side, and what the log says after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from tests.cast import NOW, Land, account, again

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Post, Role
from tequio.accounts.workflows import grant_role, revoke_role
from tequio.exercises.enums import ContactKind
from tequio.exercises.models import Accompaniment, CallingRule, Contact, HelpRequest
from tequio.exercises.queries.accompaniment import companions, followed
from tequio.exercises.workflows import (
    Told,
    ask_for_help,
    assign_companion,
    log_contact,
    set_quiet_days,
    settle_next_step,
    withdraw_help,
)
from tequio.kernel.clock import day_of
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-14")]
TODAY = day_of(NOW)
STAFF, LIAISON = {"guarantor_staff"}, {"liaison"}


def told(**other: Any) -> Told:
    words = {
        "kind": ContactKind.CALL,
        "held_on": TODAY,
        "with_whom": "Secretaría del Ayuntamiento",
        "agreed": "Firmar.",
    }
    return Told(**{**words, **other})


def with_step(on: date = TODAY) -> Told:
    return told(next_step="Enviar el modelo", next_step_on=on)


def attempts(cast: dict[str, User], land: Land) -> dict[str, tuple[Callable[[Any], object], set[str]]]:
    """Return each verb on the first municipality, and who may."""
    contact = log_contact(land.town, with_step(), by=cast["guarantor_staff"], at=NOW)
    asked = ask_for_help(land.town, about="Modelos", by=cast["liaison"], at=NOW)
    staff = cast["guarantor_staff"]
    return {
        "log": (lambda by: log_contact(land.town, told(agreed="Otra cosa."), by=by, at=NOW), STAFF),
        "answer": (lambda by: log_contact(land.town, told(), answers=asked, by=by, at=NOW), STAFF),
        "settle": (lambda by: settle_next_step(contact, outcome="Hecho.", by=by, at=NOW), STAFF),
        "assign": (lambda by: assign_companion(land.town, staff, by=by, at=NOW), STAFF),
        "nobody": (lambda by: assign_companion(land.town, None, by=by, at=NOW), STAFF),
        "rule": (lambda by: set_quiet_days(land.state, 15, by=by, at=NOW), STAFF),
        "ask": (lambda by: ask_for_help(land.town, about="Modelos", by=by, at=NOW), LIAISON),
        "withdraw": (lambda by: withdraw_help(asked, by=by, at=NOW), LIAISON),
    }


@pytest.mark.parametrize("verb", ["log", "answer", "settle", "assign", "nobody", "rule", "ask", "withdraw"])
def test_each_verb_is_for_those_who_accompany(
    verb: str, cast: dict[str, User], visitor: AnonymousUser, land: Land
) -> None:
    attempt, expected = attempts(cast, land)[verb]
    done = set()
    for name, person in [*cast.items(), ("visitor", visitor)]:
        try:
            with transaction.atomic():
                attempt(person)
                transaction.set_rollback(True)
        except Refused:
            continue
        done.add(name)
    assert done == expected


def test_a_contact_is_read_by_staff_and_by_its_own_liaison(cast: dict[str, User], land: Land) -> None:
    contact = log_contact(land.town, told(), by=cast["guarantor_staff"], at=NOW)
    ask_for_help(land.town, about="Modelos", by=cast["liaison"], at=NOW)
    assign_companion(land.town, cast["guarantor_staff"], by=cast["guarantor_staff"], at=NOW)
    for model in (Contact, HelpRequest, Accompaniment):
        readers = {name for name, person in cast.items() if model.objects.visible_to(again(person)).exists()}
        assert readers == STAFF | LIAISON
        assert not model.objects.visible_to(None).exists()
    assert (contact.written_by, contact.written_at) == (cast["guarantor_staff"], NOW)


def test_nothing_of_it_is_in_the_public_record(cast: dict[str, User], land: Land) -> None:
    before = LedgerEntry.objects.count()
    made = attempts(cast, land)
    del made["withdraw"]  # refused after the answer
    for attempt, who in made.values():
        attempt(cast[min(who)])
    assert LedgerEntry.objects.count() == before


def test_a_double_tap_writes_one_contact(guarantor_staff: User, land: Land) -> None:
    first = log_contact(land.town, with_step(), by=guarantor_staff, at=NOW)
    assert log_contact(land.town, with_step(), by=guarantor_staff, at=NOW + timedelta(seconds=1)) == first
    assert Contact.objects.get() == first


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "aún no llega"),
        ({"with_whom": "  "}, "con qué cargo"),
        ({"agreed": "\n"}, "con qué cargo"),
        ({"next_step": "Llamar"}, "lleva su fecha"),
        ({"next_step_on": TODAY}, "lleva su fecha"),
        ({"next_step": "Llamar", "next_step_on": TODAY - timedelta(days=1)}, "anterior al contacto"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(
    guarantor_staff: User, land: Land, other: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        log_contact(land.town, told(**other), by=guarantor_staff, at=NOW)
    assert not Contact.objects.exists()


def test_a_state_has_no_log(guarantor_staff: User, land: Land) -> None:
    with pytest.raises(Refused, match="no es un municipio"):
        log_contact(land.state, told(), by=guarantor_staff, at=NOW)
    with pytest.raises(Refused, match="no es un municipio"):
        assign_companion(land.state, guarantor_staff, by=guarantor_staff, at=NOW)


def test_a_next_step_has_one_outcome(guarantor_staff: User, land: Land) -> None:
    contact = log_contact(land.town, with_step(), by=guarantor_staff, at=NOW)
    with pytest.raises(Refused, match="qué resultó"):
        settle_next_step(contact, outcome=" ", by=guarantor_staff, at=NOW)
    assert settle_next_step(contact, outcome="Enviado.", by=guarantor_staff, at=NOW).outcome == "Enviado."
    assert settle_next_step(contact, outcome="Enviado. ", by=guarantor_staff, at=NOW).settled_at == NOW
    with pytest.raises(Refused, match="ya tiene resultado"):
        settle_next_step(contact, outcome="No se envió.", by=guarantor_staff, at=NOW)
    without = log_contact(land.town, told(), by=guarantor_staff, at=NOW)
    with pytest.raises(Refused, match="no dejó un siguiente paso"):
        settle_next_step(without, outcome="Nada.", by=guarantor_staff, at=NOW)


def test_one_accompanies_at_a_time_and_the_history_stays(guarantor_staff: User, operator: User, land: Land) -> None:
    colleague = second_staff(land, operator)
    first = assign_companion(land.town, guarantor_staff, by=guarantor_staff, at=NOW)
    later = NOW + timedelta(days=3)
    assert assign_companion(land.town, guarantor_staff, by=guarantor_staff, at=later) == first
    assign_companion(land.town, colleague, by=guarantor_staff, at=later)
    history = Accompaniment.objects.order_by("pk").values_list("account", "starts_on", "ends_on")
    assert list(history) == [
        (guarantor_staff.pk, TODAY, TODAY + timedelta(days=3)),
        (colleague.pk, TODAY + timedelta(days=3), None),
    ]
    assert assign_companion(land.town, None, by=guarantor_staff, at=later) is None
    assert not companions(TODAY + timedelta(days=3)).exists()
    assert Accompaniment.objects.count() == 2


def test_who_left_the_staff_accompanies_nobody(
    guarantor_staff: User, operator: User, stranger: User, land: Land
) -> None:
    colleague = second_staff(land, operator)
    assign_companion(land.town, colleague, by=guarantor_staff, at=NOW)
    assert companions(TODAY).get().account == colleague
    revoke_role(Role.objects.get(user=colleague), reason="Se fue.", by=operator, at=NOW)
    assert not companions(TODAY).exists()
    for other in (again(colleague), stranger):
        with pytest.raises(Refused, match="no es hoy del personal"):
            assign_companion(land.other_town, other, by=guarantor_staff, at=NOW)


def test_help_is_asked_once_answered_with_a_contact_and_told(guarantor_staff: User, liaison: User, land: Land) -> None:
    reachable(guarantor_staff, liaison)
    asked = ask_for_help(land.town, about="Modelos de declaración", by=liaison, at=NOW)
    assert ask_for_help(land.town, about="Modelos de declaración ", by=liaison, at=NOW) == asked
    with pytest.raises(Refused, match="petición sin respuesta"):
        ask_for_help(land.town, about="Otra cosa", by=liaison, at=NOW)
    with pytest.raises(Refused, match="en qué necesita ayuda"):
        ask_for_help(land.town, about=" ", by=liaison, at=NOW)
    contact = log_contact(land.town, told(), answers=asked, by=guarantor_staff, at=NOW)
    asked.refresh_from_db()
    assert (asked.answered_with, asked.closed_at) == (contact, NOW)
    sent = OutboxMessage.objects.values_list("recipient", "subject")
    assert set(sent) == {
        (guarantor_staff.email, "Niebla 1 pide ayuda"),
        (liaison.email, "El órgano garante atendió la petición de Niebla 1"),
    }
    with pytest.raises(Refused, match="ya se había cerrado"):
        log_contact(land.town, told(agreed="Otra vez"), answers=asked, by=guarantor_staff, at=NOW)
    with pytest.raises(Refused, match="ya atendió"):
        withdraw_help(asked, by=liaison, at=NOW)
    assert ask_for_help(land.town, about="Otra cosa", by=liaison, at=NOW) != asked


def test_help_that_is_taken_back_asks_no_more(liaison: User, guarantor_staff: User, land: Land) -> None:
    asked = ask_for_help(land.town, about="Modelos", by=liaison, at=NOW)
    assert withdraw_help(asked, by=liaison, at=NOW).closed_at == NOW
    assert withdraw_help(asked, by=liaison, at=NOW + timedelta(days=1)).closed_at == NOW
    assert not followed(again(guarantor_staff), TODAY, land.town.slug)[0].reasons


def test_the_companion_alone_is_told_of_a_request(
    guarantor_staff: User, operator: User, liaison: User, land: Land
) -> None:
    colleague = second_staff(land, operator)
    reachable(guarantor_staff, colleague)
    ask = ask_for_help(land.town, about="Primera", by=liaison, at=NOW)
    assert set(OutboxMessage.objects.values_list("recipient", flat=True)) == {guarantor_staff.email, colleague.email}
    withdraw_help(ask, by=liaison, at=NOW)
    assign_companion(land.town, colleague, by=guarantor_staff, at=NOW)
    second = ask_for_help(land.town, about="Segunda", by=liaison, at=NOW)
    told_now = OutboxMessage.objects.filter(key__contains=f"help_asked:{second.pk}")
    assert list(told_now.values_list("recipient", flat=True)) == [colleague.email]
    assert f"/garante/municipios/{land.town.slug}/contactos/nuevo/" in told_now.get().body


def test_who_is_no_longer_the_liaison_is_not_told_of_the_answer(
    guarantor_staff: User, liaison: User, land: Land
) -> None:
    reachable(liaison)
    asked = ask_for_help(land.town, about="Modelos", by=liaison, at=NOW)
    revoke_role(Role.objects.get(user=liaison), reason="Cambió.", by=guarantor_staff, at=NOW)
    log_contact(land.town, told(), answers=asked, by=guarantor_staff, at=NOW)
    assert not OutboxMessage.objects.filter(recipient=liaison.email).exists()


@pytest.mark.parametrize("wrong", [0, 366, -1])
def test_a_rule_is_of_some_days(guarantor_staff: User, land: Land, wrong: int) -> None:
    set_quiet_days(land.state, 20, by=guarantor_staff, at=NOW)
    with pytest.raises(Refused, match="entre 1 y 365"):
        set_quiet_days(land.state, wrong, by=guarantor_staff, at=NOW)
    assert CallingRule.objects.get().quiet_days == 20


def test_the_database_keeps_its_promises(guarantor_staff: User, liaison: User, land: Land) -> None:
    writer = {"jurisdiction": land.town, "written_by": guarantor_staff, "written_at": NOW}
    words = {"kind": "call", "held_on": TODAY, "with_whom": "x", "agreed": "x"}
    asker = {"jurisdiction": land.town, "asked_by": liaison, "asked_at": NOW, "about": "x"}
    contact = Contact.objects.create(**writer, **words)
    HelpRequest.objects.create(**asker)
    given = {"jurisdiction": land.town, "account": guarantor_staff, "assigned_by": guarantor_staff, "assigned_at": NOW}
    Accompaniment.objects.create(**given, starts_on=TODAY)
    wrong: list[tuple[type[Any], dict[str, Any]]] = [
        (Contact, {**writer, **words, "next_step": "x"}),
        (Contact, {**writer, **words, "next_step_on": TODAY}),
        (Contact, {**writer, **words, "next_step": "x", "next_step_on": TODAY - timedelta(days=1)}),
        (Contact, {**writer, **words, "outcome": "x"}),
        (Contact, {**writer, **words, "settled_by": liaison}),
        (HelpRequest, asker),
        (HelpRequest, {**asker, "jurisdiction": land.other_town, "answered_with": contact}),
        (HelpRequest, {**asker, "closed_at": NOW - timedelta(days=1)}),
        (Accompaniment, {**given, "starts_on": TODAY}),
        (Accompaniment, {**given, "starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)}),
        (CallingRule, {"jurisdiction": land.state, "quiet_days": 0, "set_by": guarantor_staff, "set_at": NOW}),
    ]
    for model, row in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**row)


def reachable(*people: User) -> None:
    """Let people have shown that their addresses are theirs."""
    for person in people:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def second_staff(land: Land, operator: User) -> User:
    """Return another account of the same guarantor."""
    person = account("colega")
    grant_role(person, Post(RoleKind.GUARANTOR_STAFF, land.guarantor), by=operator, at=NOW)
    return again(person)
