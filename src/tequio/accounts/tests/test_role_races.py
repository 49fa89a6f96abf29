"""Two at once, on PostgreSQL: one role, one invitation, and a plain sentence for who came second."""

from __future__ import annotations

from functools import partial
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from tests.cast import NOW, account, again

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Invitation, Post, Role, User
from tequio.accounts.workflows import accept_invitation, grant_role, invite_person, revoke_role
from tequio.kernel.ledger import ledger_lines, verify
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Land

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


def at_once(*attempts: Callable[[], object]) -> list[str]:
    """Run each attempt in its own connection, all from the same instant, and return what each was told."""
    barrier, outcomes = Barrier(len(attempts)), []

    def run(attempt: Callable[[], object]) -> None:
        connection.ensure_connection()
        barrier.wait()
        try:
            outcomes.append(str(attempt()))
        except Refused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[attempt]) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == len(attempts)
    return sorted(outcomes)


@pytest.mark.req("EX-03")
def test_of_two_who_accept_one_invitation_one_gets_the_role(liaison: User, land: Land, stranger: User) -> None:
    for number in range(ROUNDS):
        address, post = f"{number}@example.mx", Post(RoleKind.REPRESENTATIVE, land.group)
        token = invite_person(address, post, by=again(liaison), at=NOW).token
        people = [account(f"p{number}{letter}") for letter in "ab"]

        def accept(by: User, token: str = token, address: str = address) -> int:
            return accept_invitation(token, verified_email=address, by=by, at=NOW).pk

        told = at_once(*[partial(accept, by) for by in people])
        taken = "Otra persona ya usó esta invitación. Pide una nueva a quien te invitó."
        assert told == [str(Role.objects.get(user__in=people).pk), taken]
    assert not stranger.roles.exists()
    assert list(verify(ledger_lines())) == []


@pytest.mark.req("EX-03")
def test_a_double_tap_gives_one_role_and_the_same_answer(liaison: User, land: Land, stranger: User) -> None:
    for number in range(ROUNDS):
        person = account(f"p{number}")
        token = invite_person(person.email, Post(RoleKind.REPRESENTATIVE, land.group), by=again(liaison), at=NOW).token

        def accept(token: str = token, person: User = person) -> int:
            return accept_invitation(token, verified_email=person.email, by=again(person), at=NOW).pk

        told = at_once(accept, accept, accept)
        assert told == [str(person.roles.get().pk)] * 3
    assert not stranger.roles.exists()


@pytest.mark.req("EX-01")
def test_a_role_granted_by_two_at_once_is_one(superuser: User, operator: User, stranger: User) -> None:
    for number in range(ROUNDS):
        person = account(f"p{number}")

        def grant(by: User, person: User = person) -> int:
            return grant_role(again(person), Post(RoleKind.OPERATOR), by=again(by), at=NOW).pk

        told = at_once(partial(grant, superuser), partial(grant, operator), partial(grant, superuser))
        assert told == [str(person.roles.get().pk)] * 3
    assert not stranger.roles.exists()


def test_of_two_who_invite_an_address_one_is_told(liaison: User, guarantor_staff: User, land: Land) -> None:
    post = Post(RoleKind.REPRESENTATIVE, land.group)
    for number in range(ROUNDS):
        address = f"{number}@example.mx"

        def invite(by: User, address: str = address) -> str:
            return invite_person(address, post, by=again(by), at=NOW).invitation.email

        told = at_once(partial(invite, liaison), partial(invite, guarantor_staff))
        assert told == [address, "Ese correo ya tiene una invitación a este papel. Retírala para enviar otra."]
        assert Invitation.objects.filter(email=address).count() == 1


def test_of_two_who_revoke_one_is_told(superuser: User, operator: User, stranger: User) -> None:
    for number in range(ROUNDS):
        role = grant_role(account(f"p{number}"), Post(RoleKind.OPERATOR), by=superuser, at=NOW)

        def revoke(by: User, role: Role = role) -> str:
            return revoke_role(role, reason="Fin.", by=again(by), at=NOW).kind

        told = at_once(partial(revoke, superuser), partial(revoke, operator))
        assert told == ["Este papel ya había terminado. Actualiza la página.", "operator"]
    assert not stranger.roles.exists()
