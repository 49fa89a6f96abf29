"""The review of a tree: who may what, when, what is published and what is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.cast import NOW, account, again

from tequio.accounts.enums import NoticeKey
from tequio.accounts.models import PrivacyNotice
from tequio.accounts.tests.told import reachable
from tequio.accounts.workflows import withdraw_consent
from tequio.cocreation.enums import CommentState, TreeState
from tequio.cocreation.queries.tree_versions import KIND, compared, versions
from tequio.cocreation.tests.groves import begun_tree, grown_tree, node, reviewed_tree, seal
from tequio.cocreation.workflows import (
    Spot,
    accept_review,
    add_node,
    answer_comment,
    comment_tree,
    credit_reviewer,
    finish_review,
    invite_reviewer,
    make_final,
    move_node,
    remove_node,
    reopen_tree,
    send_to_review,
    uncredit_reviewer,
    withdraw_reviewer,
    write_node,
)
from tequio.cocreation.workflows.tree_reviews import LASTS
from tequio.governance.enums import SeatRole
from tequio.governance.tests.bodies import secretariat
from tequio.kernel.duties import owed_by
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemTree
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("DX-02", "DX-03")]


@pytest.fixture
def expert(db: None) -> User:
    return reachable("experta")


@pytest.fixture
def who(liaison: User) -> dict[str, Any]:
    return {"by": again(liaison), "at": NOW}


@pytest.fixture
def tree(exercise: Exercise, liaison: User, expert: User) -> ProblemTree:
    return reviewed_tree(exercise, liaison, expert)


def test_a_tree_goes_from_preliminary_to_final_and_every_version_stays(
    tree: ProblemTree, who: dict[str, Any], expert: User
) -> None:
    assert tree.state == TreeState.IN_REVIEW
    with pytest.raises(Refused, match="al menos una persona experta"):
        make_final(tree, **who)
    comment = comment_tree(tree, "Es efecto.", number=2, by=again(expert), at=NOW)
    assert comment_tree(tree, "Es efecto.", number=2, by=again(expert), at=NOW) == comment
    whole = comment_tree(tree, "Bien en general.", by=again(expert), at=NOW)
    with pytest.raises(Refused, match="sin respuesta: 2"):
        make_final(tree, **who)
    write_node(tree, 2, "Faltan personas capacitadas", revision=0, **who)
    answer_comment(comment, CommentState.ATTENDED, "Se precisó.", **who)
    answer_comment(whole, CommentState.NOT_APPLICABLE, "Gracias.", **who)
    final = make_final(tree, **who)
    assert final.state == TreeState.FINAL
    newest, first = versions(final)
    assert [each.content["stage"] for each in (first, newest)] == ["review", "final"]
    assert newest.content["comments"][0]["about"] == "Faltan personas"
    entry = LedgerEntry.objects.filter(kind=f"{KIND}_published", subject=final.code).last()
    assert entry
    assert entry.payload["sha256"] == newest.sha256
    with pytest.raises(Refused, match="Reábrelo"):
        write_node(tree, 2, "Otro", revision=1, **who)
    with pytest.raises(Refused, match="ya es final"):
        answer_comment(comment, CommentState.NOT_APPLICABLE, "No.", **who)
    assert reopen_tree(tree, **who).state == TreeState.PRELIMINARY
    write_node(tree, 2, "Otro", revision=1, **who)
    send_to_review(tree, **who)
    assert len(versions(final)) == 3


def test_only_who_conducts_sends_invites_and_closes(
    exercise: Exercise, liaison: User, stranger: User, guarantor_staff: User
) -> None:
    tree, made = grown_tree(exercise, liaison), secretariat(exercise, liaison)
    for by in (stranger, made.holder("civil_society")):
        with pytest.raises(Refused, match="no puede"):
            send_to_review(tree, by=again(by), at=NOW)
    leads = made.terms["civil_society"]  # a municipality's facilitator is seated by an agreement, which is not ours
    leads.pk, leads.seat, leads.account = None, made.body.seats.get(role=SeatRole.FACILITATOR), account("facilita")
    leads.save(force_insert=True)
    send_to_review(tree, by=again(leads.account), at=NOW)
    for verb in (make_final, reopen_tree):
        with pytest.raises(Refused, match="no puede"):
            verb(tree, by=again(stranger), at=NOW)
    with pytest.raises(Refused, match="no puede"):
        invite_reviewer(tree, "a@example.mx", by=made.holder("guarantor"), at=NOW)


def test_a_tree_is_sent_whole(exercise: Exercise, liaison: User, who: dict[str, Any]) -> None:
    tree = begun_tree(exercise, liaison)
    with pytest.raises(Refused, match="Faltan causas y efectos"):
        send_to_review(tree, **who)
    with pytest.raises(Refused, match="Envía primero"):
        invite_reviewer(tree, "a@example.mx", **who)


def test_an_invitation_enters_once_by_its_own_address(tree: ProblemTree, who: dict[str, Any], stranger: User) -> None:
    token = invite_reviewer(tree, "Rosa@Example.mx ", **who)
    assert OutboxMessage.objects.filter(recipient="rosa@example.mx").exists()
    rosa = account("rosa")
    with pytest.raises(Refused, match="Ya invitaste"):
        invite_reviewer(tree, "rosa@example.mx", **who)
    with pytest.raises(Refused, match="otro correo"):
        accept_review(token, verified_email="stranger@example.mx", by=again(stranger), at=NOW)
    for bad in ("", "x", token + "x"):
        with pytest.raises(Refused, match="no sirve"):
            accept_review(bad, verified_email=rosa.email, by=rosa, at=NOW)
    with pytest.raises(Refused, match="venció"):
        accept_review(token, verified_email=rosa.email, by=rosa, at=NOW + LASTS)
    mine = accept_review(token, verified_email=rosa.email, by=rosa, at=NOW)
    assert (mine.account, mine.email) == (rosa, "")
    assert accept_review(token, verified_email=rosa.email, by=rosa, at=NOW) == mine
    with pytest.raises(Refused, match="otro correo"):
        accept_review(token, verified_email="stranger@example.mx", by=again(stranger), at=NOW)
    with pytest.raises(Refused, match="ya aceptó"):
        withdraw_reviewer(mine, by=who["by"])


def test_a_withdrawn_invitation_enters_nobody(tree: ProblemTree, who: dict[str, Any]) -> None:
    token = invite_reviewer(tree, "rosa@example.mx", **who)
    withdraw_reviewer(tree.reviewers.get(email="rosa@example.mx"), by=who["by"])
    rosa = account("rosa")
    with pytest.raises(Refused, match="no sirve"):
        accept_review(token, verified_email=rosa.email, by=rosa, at=NOW)


def test_nonsense_is_refused_in_words(tree: ProblemTree, who: dict[str, Any], expert: User, stranger: User) -> None:
    mine: dict[str, Any] = {"by": again(expert), "at": NOW}
    for text, match in (("  ", "Escribe tu comentario"), ("a" * 2001, "caben 2000")):
        with pytest.raises(Refused, match=match):
            comment_tree(tree, text, **mine)
    with pytest.raises(Refused, match="no está en este árbol"):
        comment_tree(tree, "x", number=99, **mine)
    with pytest.raises(Refused, match="no puede"):
        comment_tree(tree, "x", by=again(stranger), at=NOW)
    comment = comment_tree(tree, "x", **mine)
    for state, answer in (("open", "a"), ("nada", "a"), ("attended", " ")):
        with pytest.raises(Refused):
            answer_comment(comment, state, answer, **who)
    with pytest.raises(Refused, match="no puede"):
        answer_comment(comment, "attended", "a", **mine)
    with pytest.raises(Refused, match="correo completo"):
        invite_reviewer(tree, "nadie", **who)


def test_names_appear_by_consent_and_leave_with_it(
    tree: ProblemTree,
    notices: None,
    expert: User,
    stranger: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    notice = PrivacyNotice.objects.current(NoticeKey.CONSULTATION)
    assert notice
    with pytest.raises(Refused, match="no puede"):
        credit_reviewer(tree, "Otra", notice, by=again(stranger), at=NOW)
    with pytest.raises(Refused, match="cómo quieres"):
        credit_reviewer(tree, " ", notice, by=again(expert), at=NOW)
    for leave in ("button", "consent"):
        credit_reviewer(tree, "Rosa Niebla", notice, by=again(expert), at=NOW)
        assert tree.reviewers.get(account=expert).credit == "Rosa Niebla"
        if leave == "button":
            uncredit_reviewer(tree, by=again(expert))
        else:
            with django_capture_on_commit_callbacks(execute=True):
                withdraw_consent(expert.consents.get(withdrawn_at=None), by=again(expert), at=NOW)
        assert tree.reviewers.get(account=expert).credit == ""


def test_each_is_told_what_they_owe(tree: ProblemTree, expert: User, liaison: User, who: dict[str, Any]) -> None:
    at = NOW + timedelta(minutes=1)
    assert any("Revisa" in duty.verb for duty in owed_by(again(expert), at).duties)
    comment = comment_tree(tree, "Es efecto.", number=2, by=again(expert), at=NOW)
    finish_review(tree, by=again(expert), at=NOW)
    assert not any(duty.key.startswith("cocreation.") for duty in owed_by(again(expert), at).duties)
    assert [duty.thing for duty in owed_by(again(liaison), at).duties if duty.key.startswith("cocreation.")] == [
        "1 comentario a «Trámites lentos»"
    ]
    answer_comment(comment, CommentState.ATTENDED, "Sí.", **who)
    assert OutboxMessage.objects.filter(subject__contains="Respondieron tu comentario").count() == 1
    assert not any(duty.key.startswith("cocreation.") for duty in owed_by(again(liaison), at).duties)


def test_two_versions_are_told_apart_in_words(tree: ProblemTree, who: dict[str, Any], expert: User) -> None:
    finish_review(tree, by=again(expert), at=NOW)
    write_node(tree, 2, "Falta personal", revision=0, **who)
    move_node(tree, 3, Spot(4), revision=0, **who)
    add_node(tree, Spot(1, "effect"), "Nadie confía", **who)
    remove_node(tree, 5, seal=seal(tree, 5), **who)
    make_final(tree, **who)
    newest, first = versions(tree)
    rows = {row.leaf.text: (row.mark, row.words, row.before) for row in compared(first.content, newest.content)}
    assert rows["Falta personal"] == ("changed", "Cambió el texto", "Faltan personas")
    assert rows["No hay presupuesto"] == ("changed", "Estaba debajo de «Faltan personas»", "")
    assert rows["Nadie confía"] == ("added", "Nuevo", "")
    assert rows["La gente deja de hacerlos"] == ("removed", "Se quitó", "")
    assert rows["Los formatos son largos"] == ("", "", "")
    assert node(tree, 6).text == "Nadie confía"
