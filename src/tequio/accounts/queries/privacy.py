"""Privacy notices in force, what people ask and write, and legal terms in working days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import F, Q

from tequio.accounts.enums import LetterStatus, NoticeKey, OrganizationKind, RightKind, RightStatus, RoleKind
from tequio.accounts.models import (
    DayOff,
    Jurisdiction,
    LegalTerm,
    Letter,
    Organization,
    PrivacyNotice,
    RightsRequest,
    Role,
)
from tequio.accounts.queries.roles import held_roles
from tequio.kernel.canonical import sha256
from tequio.kernel.clock import day_of
from tequio.kernel.smallcells import SafeTable, safe_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from tequio.accounts.models import User


def guarantors(day: date) -> list[Organization]:
    """Return the guarantor institutions of a day: they answer for personal data."""
    return list(Organization.objects.in_force(day).filter(kind=OrganizationKind.GUARANTOR))


def notices_in_force() -> list[tuple[PrivacyNotice, int]]:
    """Return the version in force of each notice, in the order of their keys, and how many versions it has had."""
    versions: dict[str, list[PrivacyNotice]] = {}
    for notice in PrivacyNotice.objects.order_by("-version"):
        versions.setdefault(notice.key, []).append(notice)
    return [(versions[key][0], len(versions[key])) for key in NoticeKey.values if key in versions]


SATURDAY: Final = 5


def due_after(key: str, day: date) -> date | None:
    """Return the last day of a legal term that begins the day after; None where no term is known."""
    return due_each(key, [day])[day]


def due_each(key: str, days: Iterable[date]) -> dict[date, date | None]:
    """Return for each day the last one of the term that begins after it: two queries for all of them."""
    terms = list(LegalTerm.objects.filter(key=key))
    off = set(DayOff.objects.values_list("day", flat=True)) if terms else set()
    found: dict[date, date | None] = {}
    for day in days:
        held = [term for term in terms if term.is_in_force(day)]
        term = max(held, key=lambda each: each.valid_from or date.min, default=None)
        found[day] = _working_day(day, term.working_days, off) if term else None
    return found


def _working_day(day: date, count: int, off: set[date]) -> date:
    """Return the day on which so many working days have gone by."""
    for _ in range(count):
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY or day in off:
            day += timedelta(days=1)
    return day


def rights_within_reach(viewer: User, day: date) -> QuerySet[RightsRequest]:
    """Return the requests that the viewer answers: those of the guarantors of their state, the first due first."""
    states = {
        role.organization.jurisdiction_id
        for role in held_roles(viewer, day)
        if role.kind == RoleKind.GUARANTOR_STAFF and role.organization
    }
    found = RightsRequest.objects.filter(organization__jurisdiction__in=states).select_related("organization")
    return found.order_by(F("due_on").asc(nulls_last=True), "asked_at")


def request_of(token: str) -> RightsRequest | None:
    """Return the request that a secret opens, or nothing."""
    digest = sha256(token.encode(errors="replace"))
    return RightsRequest.objects.filter(token_sha256=digest).select_related("organization").first()


def addressees(day: date) -> dict[str, Organization | Jurisdiction]:
    """Return by a public key whom one may write to: guarantors, and municipalities where somebody would answer."""
    with_liaison = Role.objects.held_on(day).filter(kind=RoleKind.MUNICIPAL_LIAISON).values("jurisdiction")
    towns = Jurisdiction.objects.filter(pk__in=with_liaison).order_by("name")
    found: dict[str, Organization | Jurisdiction] = {organization.key: organization for organization in guarantors(day)}
    return found | {town.slug: town for town in towns}


def letters_within_reach(viewer: User, day: date) -> QuerySet[Letter]:
    """Return the letters that the viewer answers: to the guarantor of their state and its towns, or to their town."""
    held = held_roles(viewer, day)
    states = {
        role.organization.jurisdiction_id
        for role in held
        if role.kind == RoleKind.GUARANTOR_STAFF and role.organization
    }
    towns = {role.jurisdiction_id for role in held if role.kind == RoleKind.MUNICIPAL_LIAISON}
    mine = Q(organization__jurisdiction__in=states) | Q(jurisdiction__parent__in=states) | Q(jurisdiction__in=towns)
    return Letter.objects.filter(mine).select_related("organization", "jurisdiction")


def letters_to_answer(viewer: User, day: date) -> QuerySet[Letter]:
    """Return the letters that wait for the viewer: a town's liaison, or the guarantor's staff where there is none."""
    held = held_roles(viewer, day)
    towns = {role.jurisdiction_id for role in held if role.kind == RoleKind.MUNICIPAL_LIAISON}
    with_liaison = Role.objects.held_on(day).filter(kind=RoleKind.MUNICIPAL_LIAISON).values("jurisdiction")
    theirs = Q(organization__isnull=False) | ~Q(jurisdiction__in=with_liaison) | Q(jurisdiction__in=towns)
    return letters_within_reach(viewer, day).filter(theirs, status=LetterStatus.RECEIVED)


def letter_of(token: str) -> Letter | None:
    """Return the letter that a secret opens, or nothing."""
    digest = sha256(token.encode(errors="replace"))
    return Letter.objects.filter(token_sha256=digest).select_related("organization", "jurisdiction").first()


HOW: Final = ("En trámite", "Respondida a tiempo", "Respondida tarde", "Retirada")


def rights_in_numbers() -> SafeTable:
    """Return how many requests of each right ended how; nothing from which one person could be told."""
    counts: dict[tuple[str, str], int] = {}
    for request in RightsRequest.objects.exclude(proven_at__isnull=True).only(
        "kind", "status", "due_on", "answered_at"
    ):
        cell = (RightKind(request.kind).short, _how(request))
        counts[cell] = counts.get(cell, 0) + 1
    return safe_table(counts, (kind.short for kind in RightKind), HOW)


def _how(request: RightsRequest) -> str:
    if request.status == RightStatus.WITHDRAWN:
        return HOW[3]
    if request.answered_at is None:
        return HOW[0]
    return HOW[2] if request.due_on and day_of(request.answered_at) > request.due_on else HOW[1]
