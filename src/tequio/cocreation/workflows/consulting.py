"""Opening and closing a consultation of public problems, and answering each proposal with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from tequio.accounts.models import User
from tequio.cocreation.enums import ANSWERED, RUN_CONSULTATION, SHOWN, ProblemStatus, ThemeStatus
from tequio.cocreation.models import Problem, ProblemConsultation, Theme
from tequio.cocreation.notices.problems import tell_answered
from tequio.cocreation.queries.problems import answerable
from tequio.cocreation.workflows.problems import held
from tequio.exercises.enums import ExerciseState
from tequio.exercises.models import Exercise
from tequio.exercises.workflows.loading import REPLACE_EXERCISE
from tequio.kernel.clock import database_now, day_of
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.objections import object_to
from tequio.kernel.refusal import Refused
from tequio.kernel.windows import WindowState
from tequio.kernel.workflow import Move, Workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

LONGEST: Final = timedelta(days=366)
"""A consultation that lasts more is a mistyped date."""
PROBLEMS: Final = Workflow(
    Problem,
    (
        Move("group", "Agrupar en una temática", SHOWN, ProblemStatus.GROUPED, RUN_CONSULTATION),
        Move("decline", "No tomarla", SHOWN, ProblemStatus.DECLINED, RUN_CONSULTATION),
        Move("merge", "Unirla a otra igual", SHOWN, ProblemStatus.MERGED, RUN_CONSULTATION),
        Move("hide", "Ocultar su texto", SHOWN, ProblemStatus.HIDDEN, RUN_CONSULTATION),
        Move("reopen", "Dejarla sin respuesta", ANSWERED, ProblemStatus.PENDING, RUN_CONSULTATION),
    ),
    identity="reference",
)


@dataclass(frozen=True, kw_only=True)
class ConsultationTerms:
    """What a consultation says and when it is open."""

    words: str
    rules: str
    opens_at: datetime
    closes_at: datetime


@transaction.atomic
def open_consultation(
    exercise: Exercise, terms: ConsultationTerms, *, by: User | AnonymousUser, at: datetime
) -> ProblemConsultation:
    """Announce the consultation of an exercise; it opens and closes by itself."""
    _permitted(exercise, by)
    exercise = Exercise.objects.select_for_update(no_key=True).get(pk=exercise.pk)
    if exercise.state != ExerciseState.OPEN:
        raise Refused("El ejercicio no está en curso: su consulta no se puede abrir.")
    if ProblemConsultation.objects.filter(exercise=exercise).exists():
        raise Refused("Este ejercicio ya tiene su consulta. Actualiza la página.")
    columns = _columns(terms, at=at)
    columns["opens_at"] = max(terms.opens_at, at)
    made = ProblemConsultation.objects.create(exercise=exercise, **columns)
    _tell("opened", made, at=at)
    return made


@transaction.atomic
def change_consultation(
    consultation: ProblemConsultation,
    terms: ConsultationTerms,
    *,
    by: User | AnonymousUser,
    clock: Callable[[], datetime] = database_now,
) -> ProblemConsultation:
    """Change a consultation before it opens; once open, its words, and its close only to give more time."""
    row = held(consultation)
    _permitted(row, by)
    at = clock()
    stands = row.window.state_at(at)
    if stands is WindowState.CLOSED:
        raise Refused("La consulta ya cerró: no se cambia.")
    columns = _columns(terms, at=at)
    if stands is WindowState.OPEN:
        columns["opens_at"] = row.opens_at
        if columns["closes_at"] < row.close:
            raise Refused("Ya abierta, la consulta solo se amplía. Para terminar antes, ciérrala con su motivo.")
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    _tell("changed", row, at=at)
    return row


@transaction.atomic
def close_consultation(
    consultation: ProblemConsultation,
    reason: str,
    *,
    by: User | AnonymousUser,
    clock: Callable[[], datetime] = database_now,
) -> ProblemConsultation:
    """Close an open consultation now, with the reason, which is public."""
    row = held(consultation)
    _permitted(row, by)
    at = clock()
    if not row.window.contains(at):
        raise Refused("La consulta no está abierta.")
    if not reason.strip():
        raise Refused("Escribe por qué cierra antes: se publica.")
    row.closes_at, row.closed_because = max(at, row.opens_at + timedelta(microseconds=1)), reason.strip()
    row.save(update_fields=["closes_at", "closed_because"])
    _tell("closed", row, at=at)
    return row


@transaction.atomic
def group_problem(problem: Problem, theme: Theme, *, by: User | AnonymousUser, at: datetime) -> Problem:
    """Group a proposal into a theme of its exercise, approved or still proposed."""
    theme = Theme.objects.select_for_update(no_key=True).get(pk=theme.pk)  # nobody withdraws it meanwhile
    if theme.exercise_id != problem.exercise.pk or theme.status == ThemeStatus.WITHDRAWN:
        raise Refused("Elige una temática de este ejercicio.")
    return _answer(problem, "group", {"theme": theme}, by=by, at=at)


@transaction.atomic
def decline_problem(problem: Problem, reason: str, *, by: User | AnonymousUser, at: datetime) -> Problem:
    """Say that a proposal is not taken, and why."""
    return _answer(problem, "decline", {"reason": _reason(reason)}, by=by, at=at)


@transaction.atomic
def merge_problem(problem: Problem, into: Problem, *, by: User | AnonymousUser, at: datetime) -> Problem:
    """Join a proposal to another that says the same; those joined to it follow. Supports are never added up.

    What is kept of an address differs from one problem to the next, so who supports both would count twice.
    """
    held(problem.consultation)  # of two who join each to the other, the second finds the first done
    if not answerable(problem).filter(pk=into.pk).exists():
        raise Refused("Elige otra propuesta de la misma consulta, que no esté unida a una más ni oculta.")
    merged = _answer(problem, "merge", {"merged_into": into}, by=by, at=at)
    Problem.objects.filter(merged_into=merged).update(merged_into=into)
    return merged


@transaction.atomic
def hide_problem(problem: Problem, reason: str, *, by: User | AnonymousUser, at: datetime) -> Problem:
    """Hide the text of a proposal by the rules of moderation; the reason is public, and so is that it was hidden."""
    return _answer(problem, "hide", {"reason": _reason(reason)}, by=by, at=at)


@transaction.atomic
def reopen_problem(problem: Problem, *, by: User | AnonymousUser, at: datetime) -> Problem:
    """Take an answer back: the proposal waits again, and its text is seen if it was hidden."""
    return _answer(problem, "reopen", {}, by=by, at=at)


def keep_what_was_proposed() -> None:
    """Object to the replacement of exercises; called once the rooms are loaded."""
    object_to(REPLACE_EXERCISE, proposed_here)


def proposed_here(*, slug: str) -> Iterator[str]:
    """Object to replacing an exercise with themes or a consultation made here, for they would be erased."""
    if ProblemConsultation.objects.filter(exercise__slug=slug).select_for_update(no_key=True, of=("self",)).first():
        yield f"En el ejercicio {slug} hay una consulta de problemas públicos: se borraría con sus propuestas."
    if count := Theme.objects.filter(exercise__slug=slug, document__isnull=True).count():
        yield f"En el ejercicio {slug} hay temáticas propuestas aquí ({count}): se borrarían."


def _answer(problem: Problem, move: str, columns: dict[str, Any], *, by: User | AnonymousUser, at: datetime) -> Problem:
    """Make a move with what its state needs, drop what the state before needed, and tell who proposed it."""
    _permitted(problem, by)
    held(problem.consultation)
    rows = Problem.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("consultation__exercise", "theme", "merged_into").get(pk=problem.pk)
    if row.status in PROBLEMS.moves[move].sources and columns:  # else the move below says why not
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=list(columns))
    PROBLEMS.run(row, move, by=by, at=at)
    for name, empty in {"theme": None, "merged_into": None, "reason": ""}.items():
        setattr(row, name, columns.get(name, empty))
    row.answered_on = None if move == "reopen" else day_of(at)
    row.save(update_fields=["theme", "merged_into", "reason", "answered_on"])
    announce(CHANGED, subject=PROBLEMS.subject(row))
    if move != "reopen":
        tell_answered(row, at=at)
    return row


def _permitted(thing: Problem | ProblemConsultation | Exercise, by: User | AnonymousUser) -> User:
    if not isinstance(by, User) or not by.has_perm(RUN_CONSULTATION, thing):
        raise Refused("Tu cuenta no lleva la consulta de este ejercicio.")
    return by


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("Escribe el motivo: se publica y le llega a quien la propuso.")
    return reason.strip()


def _columns(terms: ConsultationTerms, *, at: datetime) -> dict[str, Any]:
    """Return what is written of a consultation, checked."""
    words, rules = terms.words.strip(), terms.rules.strip()
    if not words or not rules:
        raise Refused("Escribe la invitación y las reglas de moderación: quien participa las lee antes.")
    if terms.closes_at <= max(terms.opens_at, at):
        raise Refused("El cierre va después de la apertura y de este momento.")
    if terms.closes_at - max(terms.opens_at, at) > LONGEST:
        raise Refused("Una consulta dura a lo más un año. Revisa las fechas.")
    return {"words": words, "rules": rules, "opens_at": terms.opens_at, "closes_at": terms.closes_at}


def _tell(what: str, consultation: ProblemConsultation, *, at: datetime) -> None:
    """Record what was done with a consultation, and let its pages follow."""
    subject = f"cocreation.ProblemConsultation:{consultation.code}"
    facts = {"opens_at": consultation.opens_at.isoformat(), "closes_at": consultation.close.isoformat()}
    if consultation.closed_because:
        facts["reason"] = consultation.closed_because
    record(f"cocreation.problem_consultation_{what}", subject, facts, by=None, at=at)
    announce(CHANGED, subject=subject)
