"""Who may do what in a body and its sessions, in predicates that read as sentences.

A thing is the body or whatever has one (`.body`); as in `exercises.rules`, without a thing a predicate answers
whether there is any for which it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rules.permissions import permissions
from rules.predicates import Predicate

from tequio.accounts.models import User
from tequio.exercises.rules import is_staff_of_the_guarantor, runs_the_exercise
from tequio.governance.enums import (
    ANNUL_ELECTION,
    ATTEND_SESSION,
    CLOSE_ELECTION,
    CONVENE_SESSION,
    DESIGNATE_MEMBER,
    DRAFT_ELECTION,
    FILL_SEAT,
    FOLLOW_AGREEMENT,
    INSTALL_BODY,
    OPEN_ELECTION,
    RUN_SESSION,
    SET_RULES,
    SPEAK_FOR_SEAT,
    ElectionKind,
    SeatRole,
)
from tequio.governance.models import Body, SeatTerm
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser


def body_of(thing: Any) -> Body:
    """Return the body that a thing is, or in which it is."""
    found: Body = thing if isinstance(thing, Body) else thing.body
    return found


def terms_of(user: User | AnonymousUser) -> tuple[SeatTerm, ...]:
    """Return the terms by which an account acts in seats today; asked once, as `accounts.queries.held_roles`."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    kept: dict[date, tuple[SeatTerm, ...]] = vars(user).setdefault("seat_terms_by_day", {})
    if today() not in kept:
        found = SeatTerm.objects.held_on(today()).filter(account=user)
        kept[today()] = tuple(found.select_related("seat__body__exercise"))
    return kept[today()]


def acting_terms(user: User | AnonymousUser) -> list[SeatTerm]:
    """Return those in exercises that are not in the archive, where nobody writes any more."""
    return [term for term in terms_of(user) if not term.exercise.archived_on]


def _sits_in(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account holds a seat of the body."""
    return any(thing is None or term.seat.body_id == body_of(thing).pk for term in terms_of(user))


def _facilitates(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account holds the seat of the body's facilitator."""
    led = [term.seat.body_id for term in acting_terms(user) if term.seat.role == SeatRole.FACILITATOR]
    return bool(led) if thing is None else bool(led) and body_of(thing).pk in led


def _holds(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account holds this seat, or that of this term."""
    held = {term.seat_id for term in acting_terms(user)}
    return bool(held) if thing is None else (thing.seat_id if isinstance(thing, SeatTerm) else thing.pk) in held


def _designates(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account holds the seat, as titular or as its substitute, that may designate for it."""
    held = {term.seat.substitute_of_id or term.seat_id for term in acting_terms(user)}
    return bool(held) if thing is None else thing.pk in held


def _answers(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account holds the seat that answers for the agreement, or substitutes it."""
    return (
        _designates(user) if thing is None else bool(thing.proposal.owner) and _designates(user, thing.proposal.owner)
    )


def _not_of_the_plenary(_user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether it is not the guarantor's own election of the facilitator (Metodología, nota 4)."""
    return getattr(thing, "kind", None) != ElectionKind.FACILITATOR


sits_in: Final = Predicate(_sits_in, name="sits_in")
facilitates: Final = Predicate(_facilitates, name="facilitates")
holds_seat: Final = Predicate(_holds, name="holds_seat")
designates_for_seat: Final = Predicate(_designates, name="designates_for_seat")
answers_for_agreement: Final = Predicate(_answers, name="answers_for_agreement")
conducts: Final = runs_the_exercise | facilitates
is_not_of_the_plenary: Final = Predicate(_not_of_the_plenary, name="is_not_of_the_plenary")
runs_the_election: Final = is_staff_of_the_guarantor | (runs_the_exercise & is_not_of_the_plenary)

permissions[INSTALL_BODY] = runs_the_exercise
permissions[FILL_SEAT] = runs_the_exercise
permissions[DESIGNATE_MEMBER] = runs_the_exercise | designates_for_seat
permissions[CONVENE_SESSION] = conducts
permissions[RUN_SESSION] = conducts
permissions[ATTEND_SESSION] = conducts | sits_in
permissions[SPEAK_FOR_SEAT] = holds_seat
permissions[SET_RULES] = conducts
permissions[FOLLOW_AGREEMENT] = conducts | answers_for_agreement
permissions[DRAFT_ELECTION] = runs_the_election
permissions[OPEN_ELECTION] = runs_the_election
permissions[CLOSE_ELECTION] = runs_the_election
permissions[ANNUL_ELECTION] = is_staff_of_the_guarantor
