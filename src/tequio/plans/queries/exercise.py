"""Reads the facts of an exercise that its plan's document tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tequio.cocreation.enums import NodeKind, ThemeStatus, TreeState
from tequio.exercises.enums import EventState
from tequio.exercises.models import Exercise
from tequio.kernel.along import read_along
from tequio.plans.queries import dossier as d
from tequio.plans.queries.pieces import institution, maybe_institution, period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def exercise_parts(exercise: Exercise, names: Iterable[str] = ()) -> dict[str, Any]:
    """Return the dossier fields that come from the exercise, or some, in one query but calls and members."""
    asked = list(names or READERS)
    lookups = [lookup for name in asked for lookup in HELD.get(name, ())]
    [whole] = read_along(Exercise.objects.filter(pk=exercise.pk), *lookups)
    return {name: READERS[name](whole) for name in asked}


def guarantor(exercise: Exercise) -> d.Institution | None:
    """Return the institution that answers for the exercise."""
    term = next(reversed(list(exercise.guarantor_terms.all())), None)
    return institution(term.organization) if term else None


def phases(exercise: Exercise) -> list[d.PhasePart]:
    """Return the phases in order."""
    names = ("order", "name", "objective", "product", "people", "activities", "state", "source")
    return [
        d.PhasePart(**{n: getattr(row, n) for n in names}, state_label=row.get_state_display(), period=period(row))
        for row in exercise.phases.all()
        if row.replaced_on is None
    ]


def documents(exercise: Exercise) -> list[d.DocumentPart]:
    """Return the source documents in order."""
    names = ("key", "kind", "title", "approved_by", "url", "note")
    return [
        d.DocumentPart(**{n: getattr(row, n) for n in names}, kind_label=row.get_kind_display(), period=period(row))
        for row in exercise.documents.all()
    ]


def calls(exercise: Exercise) -> list[d.CallPart]:
    """Return the calls in order."""
    names = ("kind", "title", "outcome", "url", "source")
    return [
        d.CallPart(**{n: getattr(row, n) for n in names}, kind_label=row.get_kind_display(), period=period(row))
        for row in exercise.calls.visible_to(None)
    ]


def members(exercise: Exercise) -> list[d.MemberPart]:
    """Return the registered members in order; citizens come without a name."""
    return [
        d.MemberPart(
            sector=row.sector,
            sector_label=row.get_sector_display(),
            name=row.published_name,
            label=row.label,
            institution=maybe_institution(row.organization),
        )
        for row in exercise.registrations.select_related("organization")
    ]


def events(exercise: Exercise) -> list[d.EventPart]:
    """Return the acts in order; of those planned here, the ones that took place or will."""
    names = (
        *("slug", "kind", "name", "time_text", "place", "attendance", "account", "invitation"),
        *("recording_url", "registration_url", "source"),
    )
    return [
        d.EventPart(**{n: getattr(row, n) for n in names}, kind_label=row.get_kind_display(), period=period(row))
        for row in exercise.events.all()
        if row.state not in (EventState.DRAFT, EventState.CANCELLED)
    ]


def bodies(exercise: Exercise) -> list[d.BodyPart]:
    """Return the collegiate bodies with their seats, holders and sessions."""
    return [
        d.BodyPart(
            kind=row.kind,
            name=row.name,
            acronym=row.acronym,
            description=row.description,
            seats=[
                d.SeatPart(
                    role=seat.role,
                    role_label=seat.get_role_display(),
                    sector=seat.sector,
                    sector_label=seat.get_sector_display() if seat.sector else "",
                    terms=[
                        d.SeatTermPart(
                            name=term.published_name,
                            post=term.post,
                            institution=maybe_institution(term.organization),
                            note=term.note,
                            source=term.source,
                            period=period(term),
                        )
                        for term in seat.terms.all()
                    ],
                )
                for seat in row.seats.all()
            ],
            sessions=[
                d.SessionPart(
                    kind=s.kind,
                    kind_label=s.get_kind_display(),
                    name=s.name,
                    how_many=s.how_many,
                    summary=s.summary,
                    source=s.source,
                    period=period(s),
                )
                for s in row.sessions.all()
            ],
        )
        for row in exercise.bodies.all()
    ]


def themes(exercise: Exercise) -> list[d.ThemePart]:
    """Return the approved themes in order."""
    names = ["key", "name", "justification", "table_place", "table_dates", "reason_without_commitment", "other_names"]
    return [
        d.ThemePart(**{n: getattr(row, n) for n in names}, document=row.document.key if row.document else "")
        for row in exercise.themes.all()
        if row.status == ThemeStatus.APPROVED
    ]


def trees(exercise: Exercise) -> list[d.TreePart]:
    """Return the problem trees in order: those of documents, and those written here that are final."""
    names = ["key", "title", "drawing_title", "drawing_note", "template_text"]
    return [
        d.TreePart(
            **{n: getattr(row, n) for n in names},
            theme=row.theme.key if row.theme and row.theme.status == ThemeStatus.APPROVED else "",
            problem=next((n.text for n in row.nodes.all() if n.kind == NodeKind.PROBLEM), ""),
            causes=[n.text for n in row.nodes.all() if n.kind == NodeKind.CAUSE and not n.is_removed],
            effects=[n.text for n in row.nodes.all() if n.kind == NodeKind.EFFECT and not n.is_removed],
        )
        for row in exercise.problem_trees.all()
        if row.state in {TreeState.TOLD, TreeState.FINAL}
    ]


def statements(exercise: Exercise) -> list[d.StatementPart]:
    """Return the comparable statements in order."""
    names = ["subject", "value", "parts", "counted", "place", "quote", "note"]
    return [
        d.StatementPart(**{n: getattr(row, n) for n in names}, document=row.document.key)
        for row in exercise.statements.all()
    ]


READERS: Final[dict[str, Callable[[Exercise], Any]]] = {
    "guarantor": guarantor,
    "phases": phases,
    "documents": documents,
    "calls": calls,
    "members": members,
    "events": events,
    "bodies": bodies,
    "themes": themes,
    "trees": trees,
    "statements": statements,
}
"""By which each part is read."""
HELD: Final = {
    "guarantor": ("guarantor_terms__organization",),
    "phases": ("phases",),
    "documents": ("documents",),
    "events": ("events",),
    "bodies": ("bodies__seats__terms__organization", "bodies__sessions"),
    "themes": ("themes__document",),
    "trees": ("problem_trees__theme", "problem_trees__nodes"),
    "statements": ("statements__document",),
}
"""What hangs from an exercise that each part tells."""
