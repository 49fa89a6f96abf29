"""Answering a call: once per person and per organization, in time, with little; and what is decided on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOW, account, again

from tequio.exercises.enums import ApplicationState, CallKind
from tequio.exercises.models import Application, Registration
from tequio.exercises.models.applications import LIVE, WAITING, name_key
from tequio.exercises.queries.calls import candidates_of, own_applications, to_be_mended, waiting_for_review
from tequio.exercises.tests.answering import (
    CANDIDATE,
    CITIZEN,
    CLOSES,
    OPENS,
    ORGANIZATION,
    accepting,
    applied,
    drafted,
    drawing,
    pictures,
    published,
    upload,
)
from tequio.exercises.workflows import (
    APPLICATION_MOVES,
    Answer,
    accept_application,
    amend_application,
    close_call,
    decline_application,
    extend_call,
    return_application,
    submit_application,
    withdraw_application,
)
from tequio.kernel.models import LedgerEntry, OutboxMessage, StatusChange
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from tests.cast import Land

    from tequio.accounts.models import User
    from tequio.exercises.models import Call, Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-03")]
REVIEWERS = {"guarantor_staff", "liaison"}
SOON = NOW + timedelta(days=3)


@pytest.fixture
def call(exercise: Exercise, liaison: User) -> Call:
    return published(exercise, liaison)


@pytest.fixture
def election(exercise: Exercise, liaison: User) -> Call:
    return published(exercise, liaison, CallKind.FACILITATOR)


def told(what: str) -> OutboxMessage:
    """Return the one message that tells a thing."""
    return OutboxMessage.objects.get(key__startswith=f"application_{what}:")


def returned(application: Application, by: User) -> Application:
    return return_application(application, reason="Falta el nombre.", mend_by=SOON, by=again(by), at=NOW)


def test_an_answer_gets_a_folio_and_a_receipt(call: Call) -> None:
    application = applied(call)
    assert len(application.folio) == 9
    assert application.state == ApplicationState.SUBMITTED
    receipt = told("received")
    assert receipt.recipient == "solicita@example.mx"
    assert application.folio in receipt.body
    assert f"/participa/{call.exercise.slug}/participar/solicitud/" in receipt.body


@pytest.mark.req("SI-04")
def test_the_public_record_says_nothing_of_the_person(call: Call, liaison: User) -> None:
    application = applied(call)
    accept_application(application, by=again(liaison), at=NOW)
    lines = "".join(entry.line() for entry in LedgerEntry.objects.all())
    for private in ("Ana Ruiz-zq", "Red de Niebla", "solicita", "Para ayudar"):
        assert private not in lines
    assert set(StatusChange.objects.filter(move="accept").values_list("changed_by", flat=True)) == {liaison.username}


def test_sent_twice_it_is_one(call: Call) -> None:
    person = account("doble")
    assert applied(call, person) == applied(call, person)
    with pytest.raises(Refused, match="Ábrela para corregirla"):
        applied(call, person, name="Otra red")


@pytest.mark.parametrize("other", ["RED DE NIEBLA AC", "Red de Niebla", "red  de niebla, a. c."])
def test_an_organization_answers_once_however_it_is_written(call: Call, other: str) -> None:
    applied(call)
    with pytest.raises(Refused, match="ya tiene una solicitud"):
        applied(call, account("otra"), name=other)


def test_a_member_does_not_register_again(call: Call, exercise: Exercise, liaison: User) -> None:
    first = account("primera")
    accept_application(applied(call, first), by=again(liaison), at=NOW)
    wider = published(exercise, liaison, CallKind.WIDENING)
    with pytest.raises(Refused, match="Tu cuenta ya tiene"):
        applied(wider, first, CITIZEN)
    with pytest.raises(Refused, match="ya está en la lista"):
        applied(wider, account("otra"))


def test_who_a_document_lists_does_not_register_again(call: Call, exercise: Exercise) -> None:
    Registration.objects.create(
        exercise=exercise, order=1, sector="civil_society", published_name="Red de Niebla", name_key="red de niebla"
    )
    with pytest.raises(Refused, match="ya está en la lista"):
        applied(call)


def test_two_open_calls_make_one_member(call: Call, exercise: Exercise, liaison: User) -> None:
    both = [applied(each, account("misma")) if i else applied(each, account("misma0"), name="Red de Niebla")
            for i, each in enumerate((call, published(exercise, liaison, CallKind.WIDENING)))]  # fmt: skip
    accept_application(both[0], by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="ya está en la lista"):
        accept_application(both[1], by=again(liaison), at=NOW)
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("at", "why"),
    [(OPENS - timedelta(microseconds=1), "abre el"), (CLOSES, "ya cerró"), (CLOSES + timedelta(days=1), "ya cerró")],
)
def test_a_call_is_answered_while_it_is_open(call: Call, stranger: User, at: Any, why: str) -> None:
    with pytest.raises(Refused, match=why):
        submit_application(call, accepting(ORGANIZATION), by=again(stranger), at=at)
    assert submit_application(
        call, accepting(ORGANIZATION), by=again(stranger), at=CLOSES - timedelta(microseconds=1)
    ).pk


def test_an_ended_call_and_a_draft_take_no_answers(call: Call, exercise: Exercise, liaison: User) -> None:
    with pytest.raises(Refused, match="todavía no se publica"):
        applied(drafted(exercise, liaison, CallKind.WIDENING))
    close_call(call, outcome="Fin.", by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="ya cerró"):
        applied(call)


def test_a_visitor_and_a_suspended_account_do_not_answer(call: Call, visitor: AnonymousUser, stranger: User) -> None:
    stranger.is_active = False
    for person in (visitor, stranger):
        with pytest.raises(Refused, match="Entra con tu correo"):
            submit_application(call, accepting(ORGANIZATION), by=person, at=NOW)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"sector": "guarantor"}, "no es para ese sector"),
        ({"name": " "}, "nombre de la organización"),
        ({"person_name": ""}, "nombre de la persona"),
        ({"notice": None}, "aviso de privacidad"),
    ],
)
def test_what_lacks_is_said(call: Call, wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        applied(call, **wrong)
    assert not Application.objects.exists()


@pytest.mark.req("EX-06")
def test_accepted_it_is_a_member_that_acts_by_its_account(call: Call, liaison: User) -> None:
    person = account("ana")
    application = accept_application(applied(call, person), by=again(liaison), at=NOW)
    member = Registration.objects.get()
    assert application.registration == member
    assert (member.account, member.sector, member.published_name, member.order) == (
        person, "civil_society", "Red de Niebla, A.C.", 1,
    )  # fmt: skip
    assert "lista pública" in told("accepted").body


def test_a_known_organization_is_linked(call: Call, land: Land, liaison: User) -> None:
    accept_application(applied(call, name=f"{land.group.name} A.C."), by=again(liaison), at=NOW)
    assert Registration.objects.get().organization == land.group


@pytest.mark.req("SI-04")
def test_a_private_citizen_is_counted_and_not_named(call: Call, liaison: User) -> None:
    person = account("beto")
    accept_application(applied(call, person, CITIZEN, name="No debe quedar"), by=again(liaison), at=NOW)
    member = Registration.objects.get()
    assert (member.published_name, member.name_key, member.picture, member.account) == ("", "", None, person)


def test_who_may_decide(call: Call, cast: dict[str, User], visitor: AnonymousUser) -> None:
    application = applied(call)
    for part, person in cast.items():
        if part in REVIEWERS:
            continue
        for verb, more in (
            (accept_application, {}),
            (decline_application, {"reason": "No."}),
            (return_application, {"reason": "Falta.", "mend_by": SOON}),
        ):
            with pytest.raises(Refused, match="no puede revisar"):
                verb(application, by=again(person), at=NOW, **more)
    with pytest.raises(Refused, match="no puede revisar"):
        accept_application(application, by=visitor, at=NOW)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert accept_application(application, by=again(cast["guarantor_staff"]), at=NOW).registration


def test_nobody_decides_on_their_own(call: Call, liaison: User, guarantor_staff: User) -> None:
    own = applied(call, liaison)
    with pytest.raises(Refused, match="es tuya"):
        accept_application(own, by=again(liaison), at=NOW)
    assert list(waiting_for_review(again(liaison), at=NOW)) == []
    assert [each.key for each in waiting_for_review(again(guarantor_staff), at=NOW)] == [call.key]
    assert accept_application(own, by=again(guarantor_staff), at=NOW).registration


def test_returned_it_is_mended_in_time_even_after_the_close(call: Call, liaison: User) -> None:
    person = account("ana")
    application = applied(call, person)
    long = NOW + timedelta(days=61)
    for reason, mend_by, why in (("", SOON, "qué debe corregir"), ("x", NOW, "60 días"), ("x", long, "60 días")):
        with pytest.raises(Refused, match=why):
            return_application(application, reason=reason, mend_by=mend_by, by=again(liaison), at=NOW)
    late = CLOSES + timedelta(days=5)
    return_application(application, reason="Falta el nombre.", mend_by=late, by=again(liaison), at=NOW)
    assert "Falta el nombre." in told("returned").body
    assert to_be_mended(own_applications(person), at=NOW) == [application]
    mended = replace(ORGANIZATION, name="Red de Niebla Alta")
    with pytest.raises(Refused, match="Ya no se puede corregir"):
        amend_application(application, accepting(mended), by=again(person), at=late)
    done = amend_application(application, accepting(mended), by=again(person), at=late - timedelta(seconds=1))
    assert (done.state, done.name, done.mend_by) == (ApplicationState.SUBMITTED, "Red de Niebla Alta", None)
    with pytest.raises(Refused, match="Ya no se puede corregir"):
        amend_application(application, accepting(mended), by=again(person), at=late)


def test_declining_waits_for_who_is_mending(call: Call, liaison: User) -> None:
    application = returned(applied(call), liaison)
    with pytest.raises(Refused, match="puede corregirla hasta"):
        decline_application(application, reason="No.", by=again(liaison), at=SOON - timedelta(seconds=1))
    with pytest.raises(Refused, match="por qué no"):
        decline_application(application, reason=" ", by=again(liaison), at=SOON)
    decline_application(application, reason="No corrigió.", by=again(liaison), at=SOON)
    assert "No corrigió." in told("declined").body
    assert applied(call, account("otra")).pk


def test_only_its_person_amends_and_withdraws(call: Call, cast: dict[str, User], visitor: AnonymousUser) -> None:
    application = applied(call, answer=CITIZEN)
    for person in (*cast.values(), visitor):
        with pytest.raises(Refused, match="no es de tu cuenta"):
            amend_application(application, accepting(CITIZEN), by=person, at=NOW)
        with pytest.raises(Refused, match="no es de tu cuenta"):
            withdraw_application(application, by=person, at=NOW)


@pytest.mark.req("SI-04")
def test_withdrawn_it_forgets_its_person(call: Call) -> None:
    person = account("ana")
    application = applied(call, person, picture=upload(drawing()))
    stored = application.picture.file.name
    withdraw_application(application, by=again(person), at=NOW)
    assert withdraw_application(application, by=again(person), at=NOW).state == ApplicationState.WITHDRAWN
    row = Application.objects.values().get()
    assert {row[name] for name in ("name", "name_key", "person_name", "post", "words", "reason")} == {""}
    assert row["picture_id"] is None
    assert not pictures().exists()
    assert "Borramos" in told("withdrawn").body
    assert default_storage.exists(stored)  # erased once the transaction is sure, which a test's never is
    assert applied(call, person).state == ApplicationState.SUBMITTED


def test_what_was_decided_is_not_withdrawn(call: Call, liaison: User) -> None:
    person = account("ana")
    application = accept_application(applied(call, person), by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="Ya formas parte"):
        withdraw_application(application, by=again(person), at=NOW)
    assert Application.objects.get().person_name == "Ana Ruiz-zq"
    for verb, more in ((accept_application, {}), (decline_application, {"reason": "No."})):
        with pytest.raises(Refused, match="estado cambió"):
            verb(application, by=again(liaison), at=NOW, **more)


def test_more_time_lets_answers_be_corrected(call: Call, liaison: User) -> None:
    person = account("ana")
    application = applied(call, person)
    extend_call(call, CLOSES + timedelta(days=2), reason="Llovió.", by=again(liaison), at=NOW)
    assert amend_application(application, accepting(ORGANIZATION), by=again(person), at=CLOSES).amended_at == CLOSES


@pytest.mark.req("EX-04")
def test_candidacies_need_a_text_and_make_no_member(election: Call, call: Call, liaison: User) -> None:
    with pytest.raises(Refused, match="Escribe tu experiencia"):
        applied(election, answer=CANDIDATE, words=" ")
    chosen = applied(election, answer=CANDIDATE)
    applied(election, account("segunda"), CANDIDATE)
    assert not candidates_of(election).exists()
    accept_application(chosen, by=again(liaison), at=NOW)
    assert list(candidates_of(election)) == [chosen]
    assert not Registration.objects.exists()
    member = applied(call, account("miembro"))
    accept_application(member, by=again(liaison), at=NOW)
    assert not candidates_of(call).exists()


@pytest.mark.req("EX-04")
def test_one_organization_may_propose_two_candidates(election: Call) -> None:
    both = [applied(election, account(f"c{n}"), ORGANIZATION) for n in range(2)]
    assert {each.name_key for each in both} == {""}


@pytest.mark.parametrize("state", ApplicationState.values)
@pytest.mark.parametrize("move", APPLICATION_MOVES.moves)
def test_each_move_from_each_state(call: Call, liaison: User, state: str, move: str) -> None:
    person = account("ana")
    application = applied(call, person)
    known = {"state": state, "reason": "Por algo.", "mend_by": NOW}
    forgotten = dict.fromkeys(("person_name", "words", "name"), "") if state == ApplicationState.WITHDRAWN else {}
    Application.objects.update(**known, **forgotten)
    offered = {
        offer.move.name
        for each in (person, liaison)
        for offer in APPLICATION_MOVES.offers(Application.objects.get(), again(each), at=NOW)
    }
    assert (move in offered) is (state in APPLICATION_MOVES.moves[move].sources)
    assert application.state == ApplicationState.SUBMITTED


def test_the_database_keeps_one_live_answer(call: Call) -> None:
    person = account("ana")
    whole = {"call": call, "sector": "citizens", "submitted_at": NOW, "person_name": "A"}
    Application.objects.create(folio="1", account=person, name_key="red", **whole)
    for wrong in (
        {"account": person},
        {"account": account("otra"), "name_key": "red"},
        {"account": account("tercera"), "state": "x"},
        {"account": account("cuarta"), "state": "returned", "reason": "Falta."},
        {"account": account("quinta"), "state": "declined"},
        {"account": account("sexta"), "state": "withdrawn"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.create(folio="2", **{**whole, **wrong})
    assert set(WAITING) < set(LIVE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Álamo A.C.", "ALAMO AC"), ("Vive Tenango", "vive  tenango, Asociación Civil"), ("Sol I.A.P.", "Sol")],
)
def test_names_are_compared_without_their_dress(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=60))
def test_comparing_a_compared_name_changes_nothing(name: str) -> None:
    once = name_key(name)
    assert name_key(f"  {once.upper()}. ") in {once, name_key(once)}


def test_an_account_without_address_is_not_written_to(call: Call, stranger: User) -> None:
    assert submit_application(call, accepting(CITIZEN), by=again(stranger), at=NOW).pk
    assert not OutboxMessage.objects.exists()


def test_an_answer_has_eight_fields_at_most() -> None:
    assert len(Answer.__dataclass_fields__) <= 8
