"""Privacy notices in force, the requests of people about their data, and legal terms in working days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import F

from tequio.accounts.enums import NoticeKey, OrganizationKind, RightKind, RightStatus, RoleKind
from tequio.accounts.models import DayOff, LegalTerm, Organization, PrivacyNotice, RightsRequest
from tequio.accounts.queries.roles import held_roles
from tequio.kernel.canonical import sha256
from tequio.kernel.clock import day_of
from tequio.kernel.smallcells import SafeTable, safe_table

if TYPE_CHECKING:
    from datetime import date

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
    term = LegalTerm.objects.in_force(day).filter(key=key).order_by("valid_from").last()
    if term is None:
        return None
    off = set(DayOff.objects.filter(day__gt=day).values_list("day", flat=True))
    for _ in range(term.working_days):
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
