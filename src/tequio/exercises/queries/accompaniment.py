"""Each municipality as who accompanies it sees it: its exercise, its log and why it is to be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Jurisdiction, Role, User
from tequio.accounts.queries import held_roles
from tequio.exercises.enums import QUIET_DAYS, CallReason, ContactKind, PhaseState
from tequio.exercises.models import Accompaniment, CallingRule, Contact, HelpRequest, Phase, followed_places
from tequio.exercises.queries import Need, needs_of
from tequio.exercises.queries.standing import Standing, days, standings
from tequio.kernel.along import read_together
from tequio.kernel.clock import day_of
from tequio.kernel.spanish import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

NONE: Final = "Sin ejercicio"
NEVER: Final = 100_000
"""Days of silence where nobody ever called: before any other silence."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why to call a municipality, and since how many days."""

    kind: CallReason
    days: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A municipality with its exercise and what its log says, as of a day."""

    place: Jurisdiction
    standing: Standing | None
    late: str
    late_days: int
    companion: str
    companion_key: str
    liaison: str
    last_contact_on: date | None
    silence: int | None
    trainings: int
    next_step: str
    next_step_on: date | None
    help_about: str
    quiet_days: int
    reasons: Sequence[Reason]

    @property
    def name(self) -> str:
        """Return its name."""
        return self.place.name

    @property
    def address(self) -> str:
        """Return the page of its accompaniment."""
        return f"/garante/municipios/{self.place.slug}/"

    @property
    def where(self) -> str:
        """Say where its exercise stands, the same words in lists, filters and counts."""
        return self.standing.where if self.standing else NONE

    @property
    def reason(self) -> Reason | None:
        """Return the first reason to call it, which gives its place in the list."""
        return self.reasons[0] if self.reasons else None

    @property
    def turn(self) -> tuple[int, int, str]:
        """Return its place in the list of calls: by reason, then the oldest, then by name."""
        kinds = list(CallReason)
        first = self.reason
        return (kinds.index(first.kind), -first.days, fold(self.name)) if first else (len(kinds), 0, fold(self.name))


def followed(viewer: User | AnonymousUser, today: date, slug: str = "") -> list[Followed]:
    """Return the municipalities that a viewer follows, or one of them, in the order of the calls; three queries."""
    return followed_with_states(viewer, today, slug)[0]


def followed_with_states(
    viewer: User | AnonymousUser, today: date, slug: str = ""
) -> tuple[list[Followed], dict[Jurisdiction, Standing | None]]:
    """Return the same, and the own exercise of each of their states."""
    places = followed_places(viewer).in_force(today)
    found = list(_with_log(places.filter(slug=slug) if slug else places, today))
    states = {place.parent for place in found if place.parent}
    exercises = {key: standing for key, (standing, _) in standings([*found, *states], viewer).items()}
    rows = [_followed(place, exercises.get(place.pk), today) for place in found]
    own = {state: exercises.get(state.pk) for state in sorted(states, key=lambda state: fold(state.name))}
    return sorted(rows, key=lambda row: row.turn), own


def _with_log(places: QuerySet[Jurisdiction], today: date) -> QuerySet[Jurisdiction]:
    """Add to each municipality what its log says on a day."""
    steps = Contact.objects.filter(jurisdiction=OuterRef("pk"), outcome="").exclude(next_step="")
    first = steps.order_by("next_step_on", "pk")
    last = Contact.objects.filter(jurisdiction=OuterRef("pk")).order_by("-held_on")
    trainings = Contact.objects.filter(jurisdiction=OuterRef("pk"), kind=ContactKind.TRAINING).order_by()
    asked = HelpRequest.objects.filter(jurisdiction=OuterRef("pk"), closed_at__isnull=True)
    rule = CallingRule.objects.filter(jurisdiction=OuterRef("parent"))
    liaison = Role.objects.held_on(today).filter(kind=RoleKind.MUNICIPAL_LIAISON, jurisdiction=OuterRef("pk"))
    companion = companions(today).filter(jurisdiction=OuterRef("pk"))
    return places.select_related("parent").annotate(
        companion=Subquery(companion.values("account__email")[:1]),
        companion_key=Subquery(companion.values("account__username")[:1]),
        liaison=Subquery(liaison.filter(user__is_active=True).order_by("starts_on", "pk").values("user__email")[:1]),
        last_contact_on=Subquery(last.values("held_on")[:1]),
        trainings=Coalesce(Subquery(trainings.values("jurisdiction").annotate(n=Count("pk")).values("n")), 0),
        next_step=Subquery(first.values("next_step")[:1]),
        next_step_on=Subquery(first.values("next_step_on")[:1]),
        help_about=Subquery(asked.values("about")[:1]),
        help_asked_at=Subquery(asked.values("asked_at")[:1], output_field=DateTimeField()),
        quiet_days=Coalesce(Subquery(rule.values("quiet_days")[:1]), QUIET_DAYS),
    )


def companions(today: date) -> QuerySet[Accompaniment]:
    """Return who accompanies each municipality on a day; who left the guarantor's staff no longer does."""
    staff = Role.objects.held_on(today).filter(
        kind=RoleKind.GUARANTOR_STAFF,
        user=OuterRef("account"),
        organization__jurisdiction=OuterRef("jurisdiction__parent"),
    )
    return Accompaniment.objects.filter(Exists(staff), ends_on__isnull=True, account__is_active=True)


def staff_of(state: Jurisdiction, today: date) -> QuerySet[User]:
    """Return the staff of a state's guarantor on a day, by address."""
    roles = Role.objects.held_on(today).filter(kind=RoleKind.GUARANTOR_STAFF, organization__jurisdiction=state)
    return User.objects.filter(is_active=True, roles__in=roles).distinct().order_by("email")


def open_help(person: User, today: date) -> QuerySet[HelpRequest]:
    """Return the requests for help that a person of the staff is to answer."""
    waiting = HelpRequest.objects.visible_to(person).filter(jurisdiction__in=own_to_accompany(person, today))
    return waiting.filter(closed_at__isnull=True).select_related("jurisdiction").order_by("asked_at", "pk")


def open_steps(person: User, today: date) -> QuerySet[Contact]:
    """Return the contacts whose next step a person of the staff is to keep."""
    left = Contact.objects.visible_to(person).filter(jurisdiction__in=own_to_accompany(person, today), outcome="")
    return left.exclude(next_step="").select_related("jurisdiction").order_by("next_step_on", "pk")


def own_to_accompany(person: User, today: date) -> QuerySet[Jurisdiction]:
    """Return the municipalities that a person is to accompany: their own, and those of their state without anybody."""
    states = [
        role.organization.jurisdiction_id
        for role in held_roles(person, today)
        if role.kind == RoleKind.GUARANTOR_STAFF and role.organization
    ]
    if not states:
        return Jurisdiction.objects.none()
    present = companions(today)
    own = Q(pk__in=present.filter(account=person).values("jurisdiction"))
    nobodys = ~Q(pk__in=present.values("jurisdiction"))
    return Jurisdiction.objects.filter(own | nobodys, parent__in=states)


def accompanying(place: Jurisdiction, today: date) -> list[User]:
    """Return who is to hear of a municipality: whoever accompanies it, else all the staff of its state's guarantor."""
    found = companions(today).filter(jurisdiction=place).select_related("account").first()
    if found:
        return [found.account]
    return list(staff_of(place.parent, today)) if place.parent else []


@dataclass(frozen=True, slots=True)
class Log:
    """What was written down of a municipality: every contact, who accompanied it, and what its phase still lacks."""

    contacts: list[Contact]
    companions: list[Accompaniment]
    needs: list[Need]

    @property
    def pending(self) -> list[Contact]:
        """The contacts whose next step waits, the first one due first."""
        return sorted((each for each in self.contacts if each.is_pending), key=lambda each: str(each.next_step_on))


def log_of(row: Followed, viewer: User, day: date) -> Log:
    """Return what the page of a municipality tells of it to who follows it, in one query beside those of its needs."""
    slug = row.standing.slug if row.standing and row.standing.is_alive else ""
    under_way = Phase.objects.standing().filter(exercise__slug=slug, state=PhaseState.CURRENT)
    told = read_together(
        viewer,
        contacts=Contact.objects.visible_to(viewer).filter(jurisdiction=row.place),
        companions=Accompaniment.objects.visible_to(viewer).filter(jurisdiction=row.place).select_related("account"),
        phases=under_way.select_related("origin", "exercise__jurisdiction").prefetch_related("waivers"),
    )
    needs = [need for phase in told["phases"][:1] for need in needs_of(phase, day) if need.blocks]
    return Log(told["contacts"], told["companions"], needs)


def quiet_days_of(state: Jurisdiction) -> int:
    """Return after how many days of silence a state's municipalities are to be called."""
    rule = CallingRule.objects.filter(jurisdiction=state).values_list("quiet_days", flat=True)
    return rule.first() or QUIET_DAYS


def _followed(place: Jurisdiction, standing: Standing | None, today: date) -> Followed:
    """Compose one municipality from its row, with the figures of `_with_log`, and its exercise."""
    log = vars(place)
    late = standing.late(today) if standing else None
    return Followed(
        place=place,
        standing=standing,
        late=standing.late_words(today) if standing else "",
        late_days=late[1] if late else 0,
        companion=log["companion"] or "",
        companion_key=log["companion_key"] or "",
        liaison=log["liaison"] or "",
        last_contact_on=log["last_contact_on"],
        silence=(today - log["last_contact_on"]).days if log["last_contact_on"] else None,
        trainings=log["trainings"],
        next_step=log["next_step"] or "",
        next_step_on=log["next_step_on"],
        help_about=log["help_about"] or "",
        quiet_days=log["quiet_days"],
        reasons=tuple(_reasons(log, standing, today)),
    )


def _reasons(log: dict[str, Any], standing: Standing | None, today: date) -> Iterator[Reason]:
    """Yield why to call, in the order of the rule."""
    if log["help_asked_at"]:
        since = (today - day_of(log["help_asked_at"])).days
        yield Reason(CallReason.HELP, since, f"Pidió ayuda {ago(since)}")
    if log["next_step_on"] and log["next_step_on"] < today:
        since = (today - log["next_step_on"]).days
        yield Reason(CallReason.OVERDUE, since, f"Su siguiente paso venció {ago(since)}")
    if standing and (late := standing.late(today)):
        yield Reason(CallReason.LATE, late[1], standing.late_words(today))
    if standing and standing.is_alive:
        last_on = log["last_contact_on"]
        since = (today - last_on).days if last_on else NEVER
        if since > log["quiet_days"]:
            quiet = f"Sin contacto desde hace {days(since)}" if last_on else "Todavía sin ningún contacto"
            yield Reason(CallReason.QUIET, since, quiet)


def ago(count: int) -> str:
    """Return «hoy» or «hace 12 días»."""
    return f"hace {days(count)}" if count else "hoy"
