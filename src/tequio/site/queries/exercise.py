"""What the page of an exercise shows: where it stands, who decides, what happened, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Literal

from django.db.models import Exists, OuterRef
from django.urls import reverse

from tequio.exercises.enums import EventKind, ExerciseState, PhaseState
from tequio.exercises.models import Event, Exercise, JointDeclaration
from tequio.exercises.queries.calls import first_members
from tequio.exercises.queries.events import coming_events
from tequio.governance.enums import BodyKind
from tequio.kernel import spoken
from tequio.kernel.along import read_along
from tequio.kernel.clock import midnight
from tequio.kernel.components import Fact, Stage
from tequio.monitoring.models import CommitmentStanding
from tequio.plans.enums import PlanState
from tequio.plans.queries.exercise import calls, exercise_parts
from tequio.site.queries.published import Published, published
from tequio.site.queries.sectors import rolls

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.exercises.models import GuarantorTerm
    from tequio.plans.queries.dossier import CommitmentPart, EventPart, PhasePart, SessionPart, ThemePart, TreePart
    from tequio.site.queries.sectors import SectorRoll

STAGES: Final[dict[str, Literal["done", "now", "next", "unknown"]]] = {
    PhaseState.DONE: "done",
    PhaseState.CURRENT: "now",
    PhaseState.PENDING: "next",
    PhaseState.UNKNOWN: "unknown",
}
NO_CALL: Final = "Hoy no hay una convocatoria abierta."
TOLD: Final = ("phases", "documents", "events", "bodies", "themes", "trees")


@dataclass(frozen=True, slots=True)
class Covered:
    """An approved theme with its commitments and trees (PL-12)."""

    theme: ThemePart
    commitments: tuple[CommitmentPart, ...]
    trees: tuple[TreePart, ...]


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """An exercise with everything its page tells; `told` holds the parts of the dossier by name."""

    exercise: Exercise
    plan: Published | None
    guarantors: list[GuarantorTerm]
    standings: dict[int, CommitmentStanding]
    told: dict[str, Any]
    stages: list[Stage]
    now: list[Fact]
    members: list[SectorRoll]
    coverage: list[Covered]
    outside: list[CommitmentPart]
    coming: list[Event]

    @property
    def commitments(self) -> list[tuple[CommitmentPart, CommitmentStanding | None]]:
        """The plan's commitments, each with where it stands."""
        parts = self.plan.dossier.commitments if self.plan else []
        return [(part, self.standings.get(part.number)) for part in parts]


def exercises() -> QuerySet[Exercise]:
    """Return the exercises that anybody may see, the latest first, with their place and plan."""
    return Exercise.objects.visible_to(None).select_related("jurisdiction", "plan")


def exercise_page(slug: str, *, today: dt.date, viewer: User | AnonymousUser | None = None) -> ExercisePage | None:
    """Return what an exercise's page shows on a day, or nothing where the viewer may not see it."""
    announced = Event.objects.coming(midnight(today)).filter(exercise=OuterRef("pk"))
    seen = Exercise.objects.visible_to(viewer).select_related("jurisdiction", "plan").filter(slug=slug)
    signed = JointDeclaration.objects.filter(exercise=OuterRef("pk"), signed_on__isnull=False)
    shown_here = seen.annotate(announces=Exists(announced), declares=Exists(signed))
    exercise = next(iter(read_along(shown_here, "guarantor_terms__organization")), None)
    if exercise is None:
        return None
    plan = getattr(exercise, "plan", None)
    shown = published(plan) if plan and plan.state == PlanState.PUBLISHED else None
    told = {name: getattr(shown.dossier, name) for name in TOLD} if shown else exercise_parts(exercise, TOLD)
    told["calls"] = calls(exercise)  # after the plan others may still be called, and register
    standings = CommitmentStanding.objects.visible_to(None).filter(commitment__plan=plan).select_related("commitment")
    guarantors = list(exercise.guarantor_terms.all())
    commitments = shown.dossier.commitments if shown else []
    coming = list(coming_events(None, slug, midnight(today))) if vars(exercise)["announces"] else []
    return ExercisePage(
        exercise=exercise,
        plan=shown,
        guarantors=guarantors,
        standings={row.commitment.number: row for row in standings} if shown else {},
        told=told,
        stages=[stage(phase) for phase in told["phases"]],
        now=list(now(exercise, shown, {**told, "coming": coming}, guarantors, today)),
        members=rolls(*first_members(exercise)),
        coverage=[covered(theme, commitments, told["trees"]) for theme in told["themes"]],
        outside=[part for part in commitments if not part.theme] if told["themes"] else [],
        coming=coming,
    )


def stage(phase: PhasePart) -> Stage:
    """Return a phase as a step of the strip, with its dates as the document states them."""
    when = spoken.dated(phase.period)
    if phase.state == PhaseState.UNKNOWN:
        when = f"No consta si se hizo. {when}".strip()
    return Stage(phase.name, STAGES[phase.state], when, f"#fase-{phase.order}")


def covered(theme: ThemePart, commitments: list[CommitmentPart], trees: list[TreePart]) -> Covered:
    """Return a theme with the commitments and trees that name it."""
    return Covered(
        theme,
        tuple(part for part in commitments if part.theme == theme.key),
        tuple(tree for tree in trees if tree.theme == theme.key),
    )


def now(
    exercise: Exercise, plan: Published | None, told: dict[str, Any], guarantors: list[GuarantorTerm], today: dt.date
) -> list[Fact]:
    """Return the now block: what, when, where, how to take part and who answers; of a closed one, its end."""
    holder = next((term for term in reversed(guarantors) if term.holds_on(today)), None)
    answers = Fact("Quién responde", holder.organization.name if holder else "")
    if exercise.state == ExerciseState.CLOSED:
        return [*closed(exercise, plan, told), answers]
    phase = next((phase for phase in told["phases"] if phase.state == PhaseState.CURRENT), None)
    following = next((act for day, act in acts(told) if day >= today), None)
    planned = next(iter(told["coming"]), None)
    if planned and (following is None or planned.starts_on <= following.period.starts.on):
        act = Fact("Siguiente acto", f"{planned.name}, {spoken.moment(planned.starts_at)}", page_of(planned, exercise))
        where = planned.place if planned.is_at_a_place else "En línea."
    else:
        act = Fact("Siguiente acto", told_act(following) if following else "No hay un acto con fecha próxima.")
        where = getattr(following, "place", "")
    call = next((call for call in told["calls"] if open_on(call.period, today)), None)
    return [
        Fact("Qué", f"{phase.name}. {phase.objective}" if phase else "No hay una fase en curso."),
        Fact("Cuándo", spoken.dated(phase.period) if phase else ""),
        act,
        Fact("Dónde", where or "Por anunciar."),
        Fact("Cómo participo", call.title, call.url) if call else Fact("Cómo participo", NO_CALL),
        answers,
    ]


def page_of(event: Event, exercise: Exercise) -> str:
    """Return the public page of an event: a table's is its own, with its kit and its stages."""
    if event.kind == EventKind.TABLE and event.is_live:
        return reverse("cocreation:table", args=[exercise.slug, event.slug])
    return event.get_absolute_url()


def closed(exercise: Exercise, plan: Published | None, told: dict[str, Any]) -> list[Fact]:
    """Return what the now block says of an exercise that is over."""
    last = next((act for _day, act in reversed(acts(told))), None)
    term = spoken.period(plan.dossier.term) if plan else ""
    facts = [
        Fact("Qué", "El ejercicio ya concluyó. No hay nada en que participar."),
        Fact("Vigencia del plan", term or "Vigencia no declarada: el documento no dice cuándo empieza ni termina."),
        Fact("Último acto que consta", told_act(last) if last else ""),
    ]
    return [*facts, Fact("Su plan", plan.dossier.title, f"{exercise.get_absolute_url()}plan/")] if plan else facts


def acts(told: dict[str, Any]) -> list[tuple[dt.date, EventPart | SessionPart]]:
    """Return the events and the secretariat's sessions whose day is known, in order, each with its day."""
    sessions = [s for body in told["bodies"] if body.kind == BodyKind.SECRETARIAT for s in body.sessions]
    dated = [(act.period.starts.on, act) for act in [*told["events"], *sessions] if act.period.starts.on]
    return sorted(dated, key=itemgetter(0))


def told_act(act: EventPart | SessionPart) -> str:
    """Return an act's name and date in one line."""
    return f"{act.name}, {spoken.dated(act.period)}"


def open_on(period: Any, day: dt.date) -> bool:
    """Say whether a stated period surely covers a day."""
    return bool(period.starts.on and period.ends.on and period.starts.on <= day <= period.ends.on)
