"""Who may give what, where: every verb, kind, place and person of the cast."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from tests.cast import NOW, Land, account, again

from tequio.accounts import rules
from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Post, User
from tequio.accounts.workflows import (
    grant_from_console,
    grant_role,
    invite_person,
    revoke_role,
    withdraw_invitation,
)
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser

PLACES = ("town", "other_town", "far")
VERBS = ("grant", "invite", "revoke", "withdraw")
OPERATORS = {"superuser", "operator"}


def post(kind: RoleKind, place: str, land: Land, far_land: Land) -> Post:
    where = far_land if place == "far" else land
    town, group = (where.other_town, where.other_group) if place == "other_town" else (where.town, where.group)
    return {
        RoleKind.OPERATOR: Post(kind),
        RoleKind.GUARANTOR_STAFF: Post(kind, where.guarantor),
        RoleKind.MUNICIPAL_LIAISON: Post(kind, jurisdiction=town),
        RoleKind.REPRESENTATIVE: Post(kind, group),
    }[kind]


def expected(verb: str, kind: RoleKind, place: str) -> set[str]:
    if kind in {RoleKind.OPERATOR, RoleKind.GUARANTOR_STAFF}:
        return OPERATORS
    who = {"far_staff" if place == "far" else "guarantor_staff"}
    if kind == RoleKind.REPRESENTATIVE and verb in {"invite", "withdraw"}:
        who |= {"town": {"liaison"}, "other_town": {"other_liaison"}}.get(place, set())
    return who


def prepared(verb: str, asked: Post, cast: dict[str, User]) -> Callable[[Any], object]:
    """Return the verb as each person may try it, on somebody who has nothing to do with the cast."""
    newcomer = account("nueva")
    if verb == "grant":
        return lambda by: grant_role(newcomer, asked, by=by, at=NOW)
    if verb == "invite":
        return lambda by: invite_person("nueva@example.mx", asked, by=by, at=NOW)
    if verb == "revoke":
        role = grant_from_console(newcomer, asked, at=NOW)
        return lambda by: revoke_role(role, reason="Cambió de puesto.", by=by, at=NOW)
    inviter = cast[min(expected("grant", asked.kind, "far" if is_far(asked) else "town"))]
    sent = invite_person("nueva@example.mx", asked, by=inviter, at=NOW)
    return lambda by: withdraw_invitation(sent.invitation, by=by, at=NOW)


def is_far(asked: Post) -> bool:
    place = rules.place_of(asked)
    return place is not None and place.code.startswith("92")


def may(verb: Callable[[Any], object], by: User | AnonymousUser) -> bool:
    try:
        with transaction.atomic():
            verb(by)
            transaction.set_rollback(True)
    except Refused:
        return False
    return True


@pytest.mark.req("EX-01", "EX-10")
@pytest.mark.parametrize(("verb", "kind", "place"), list(product(VERBS, RoleKind, PLACES)))
def test_every_verb_kind_place_and_person(
    verb: str,
    kind: RoleKind,
    place: str,
    cast: dict[str, User],
    visitor: AnonymousUser,
    land: Land,
    far_land: Land,
) -> None:
    attempt = prepared(verb, post(kind, place, land, far_land), cast)
    everybody = {**cast, "visitor": visitor}
    assert {name for name, by in everybody.items() if may(attempt, by)} == expected(verb, kind, place)


@pytest.mark.parametrize("kind", list(RoleKind))
def test_nobody_gives_themselves_a_role(kind: RoleKind, cast: dict[str, User], land: Land, far_land: Land) -> None:
    asked = post(kind, "town", land, far_land)
    for person in cast.values():
        assert not may(lambda by: grant_role(by, asked, by=by, at=NOW), person)
        assert not may(lambda by: invite_person(by.email.upper() or "x@x.mx", asked, by=by, at=NOW), person)


def test_a_superuser_is_only_an_operator(superuser: User, stranger: User, land: Land) -> None:
    assert superuser.has_perm("wagtailadmin.access_admin")
    for asked in (Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=land.town), Post(RoleKind.REPRESENTATIVE, land.group)):
        with pytest.raises(Refused, match="no puede dar"):
            grant_role(stranger, asked, by=superuser, at=NOW)
    User.objects.filter(pk=superuser.pk).update(is_active=False)
    assert not again(superuser).has_perm(rules.GRANT_ROLE)


def test_a_page_shows_itself_to_whoever_may_do_it_somewhere(cast: dict[str, User], visitor: AnonymousUser) -> None:
    everybody = {**cast, "visitor": visitor}
    appointing = {"superuser", "operator", "guarantor_staff", "far_staff"}
    for permission in (rules.GRANT_ROLE, rules.REVOKE_ROLE):
        assert {name for name, person in everybody.items() if person.has_perm(permission)} == appointing
    for permission in (rules.INVITE_PERSON, rules.WITHDRAW_INVITATION):
        inviting = {name for name, person in everybody.items() if person.has_perm(permission)}
        assert inviting == appointing | {"liaison", "other_liaison"}


def test_each_predicate_holds_for_its_own(
    cast: dict[str, User], visitor: AnonymousUser, land: Land, far_land: Land
) -> None:
    everybody = {**cast, "visitor": visitor}
    for predicate, thing, who in (
        (rules.is_operator, None, OPERATORS),
        (rules.is_guarantor_staff, land.state, {"guarantor_staff"}),
        (rules.is_guarantor_staff, land.other_group, {"guarantor_staff"}),
        (rules.is_guarantor_staff, far_land.town, {"far_staff"}),
        (rules.is_liaison_of, land.town, {"liaison"}),
        (rules.is_liaison_of, land.other_group, {"other_liaison"}),
        (rules.is_liaison_of, land.state, set()),
        (rules.is_representative_of, None, {"representative"}),
        (rules.is_representative_of, land.group, {"representative"}),
        (rules.is_representative_of, Post(RoleKind.REPRESENTATIVE, land.group), {"representative"}),
        (rules.is_representative_of, land.other_group, set()),
        (rules.is_representative_of, land.town, set()),
    ):
        assert {name for name, person in everybody.items() if predicate.test(person, thing)} == who


def test_a_request_asks_for_roles_once(
    liaison: User, stranger: User, land: Land, django_assert_num_queries: Callable[..., Any]
) -> None:
    for person in (again(liaison), again(stranger)):
        with django_assert_num_queries(1):
            for permission in (rules.GRANT_ROLE, rules.REVOKE_ROLE, rules.INVITE_PERSON):
                person.has_perm(permission)
                person.has_perm(permission, Post(RoleKind.REPRESENTATIVE, land.group))


def test_a_closed_account_acts_as_nothing(liaison: User, stranger: User, land: Land) -> None:
    User.objects.filter(pk=liaison.pk).update(is_active=False)
    assert not rules.is_liaison_of.test(again(liaison), land.town)
    assert not rules.is_liaison_of.test(stranger, land.town)
    with pytest.raises(Refused, match="cerrada"):
        grant_from_console(again(liaison), Post(RoleKind.OPERATOR), at=NOW)
