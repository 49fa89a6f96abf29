"""Proposing and supporting public problems without an account, by the link of a message; and taking it back.

Each verb that takes something holds the consultation's row and then reads the database's clock: what comes after the
close, or after somebody closed it, is refused.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max

from tequio.cocreation.enums import SUPPORTABLE, ProblemStatus
from tequio.cocreation.models import Problem, ProblemConsultation, Support
from tequio.cocreation.notices.problems import tell_to_confirm, tell_to_support
from tequio.cocreation.queries.problems import problem_of, support_of
from tequio.exercises.enums import ExerciseState
from tequio.exercises.workflows.attendees import LETTERS, mail_address
from tequio.kernel.clock import database_now, day_of
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.refusal import Refused
from tequio.kernel.spoken import moment
from tequio.kernel.windows import WindowState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

MOST_A_DAY: Final = 3
"""Proposals that one address may send in a day: it may be another's."""
CODE_LENGTH: Final = 12
GONE: Final = "Esta liga ya no abre nada: se retiró, se borró, o está incompleta."
LONGEST: Final = {"title": 120, "text": 1000, "place": 120}


@dataclass(frozen=True, kw_only=True)
class ProblemWords:
    """What somebody says of a public problem."""

    title: str
    text: str
    place: str = ""


@transaction.atomic
def propose_problem(
    consultation: ProblemConsultation,
    words: ProblemWords,
    email: str,
    *,
    clock: Callable[[], datetime] = database_now,
) -> None:
    """Send an address the link that confirms a proposal; unconfirmed, nobody sees it.

    The same answer whatever was sent before, so that nobody learns what an address proposed: what repeats another, or
    is one too many in a day, writes nothing.
    """
    row, at = taking(consultation, clock)
    said = _checked(words)
    address = mail_address(email)
    if not address:
        raise Refused("Escribe tu correo: ahí te llega la liga para confirmar tu propuesta.")
    today = Problem.objects.filter(email=address, proposed_on=day_of(at))
    if today.count() >= MOST_A_DAY or today.filter(consultation=row, **said).exists():
        return
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    problem = Problem.objects.create(consultation=row, email=address, code=code, proposed_on=day_of(at), **said)
    tell_to_confirm(problem, at=at)


@transaction.atomic
def confirm_problem(slug: str, token: str, *, clock: Callable[[], datetime] = database_now) -> Problem:
    """Publish a proposal that its address confirms; confirmed twice, it is the same one."""
    found = problem_of(slug, token)
    if found is None:
        raise Refused(GONE)
    row, _ = taking(found.consultation, clock)
    problem = problem_of(slug, token)
    if problem is None:
        raise Refused(GONE)
    if problem.status == ProblemStatus.UNCONFIRMED:
        last = row.problems.aggregate(last=Max("number"))["last"] or 0
        problem.number, problem.status = last + 1, ProblemStatus.PENDING
        problem.save(update_fields=["number", "status"])
        announce(CHANGED, subject=f"cocreation.Problem:{problem.reference}")
    return problem


@transaction.atomic
def withdraw_problem(slug: str, token: str, *, at: datetime) -> None:
    """Take a proposal back by its link, also after the close: its text and its address go, and its number stays."""
    found = problem_of(slug, token)
    if found is None:
        return  # taken back already: what was asked for is so
    held(found.consultation)
    rows = Problem.objects.filter(pk=found.pk)
    if rows.filter(status=ProblemStatus.UNCONFIRMED).delete()[0]:
        return
    Support.objects.filter(problem=found).delete()
    forgotten = {"title": "", "text": "", "place": "", "email": "", "code": ""}
    rows.update(status=ProblemStatus.WITHDRAWN, answered_on=day_of(at), **forgotten)
    announce(CHANGED, subject=f"cocreation.Problem:{found.reference}")


@transaction.atomic
def ask_to_support(problem: Problem, email: str, *, clock: Callable[[], datetime] = database_now) -> None:
    """Send an address the link that confirms its support; nothing of it is kept until then."""
    address = mail_address(email)
    if not address:
        raise Refused("Escribe tu correo: ahí te llega la liga para confirmar tu apoyo.")
    _, at = taking(problem.consultation, clock)
    tell_to_support(_supportable(problem), address, at=at)


@transaction.atomic
def confirm_support(slug: str, token: str, *, clock: Callable[[], datetime] = database_now) -> Problem:
    """Count the support of an address that confirms it, once, however often."""
    problem, digest = _support(slug, token)
    taking(problem.consultation, clock)
    Support.objects.get_or_create(problem=_supportable(problem), address_hash=digest)
    return problem


@transaction.atomic
def withdraw_support(slug: str, token: str) -> Problem:
    """Take a support back by its link."""
    problem, digest = _support(slug, token)
    held(problem.consultation)
    Support.objects.filter(problem=problem, address_hash=digest).delete()
    return problem


def held(consultation: ProblemConsultation) -> ProblemConsultation:
    """Return a consultation as it is now, locked: who gives something and who closes it follow one another."""
    rows = ProblemConsultation.objects.select_for_update(no_key=True, of=("self",)).select_related("exercise")
    return rows.get(pk=consultation.pk)


def taking(consultation: ProblemConsultation, clock: Callable[[], datetime]) -> tuple[ProblemConsultation, datetime]:
    """Return a consultation that is open, locked, and the instant at which it is; or refuse."""
    row = held(consultation)
    at = clock()
    stands = row.window.state_at(at)
    if stands is WindowState.UPCOMING:
        raise Refused(f"La consulta abre el {moment(row.opens_at)}.")
    if stands is WindowState.CLOSED:
        raise Refused(f"La consulta cerró el {moment(row.close)}. Ya no recibe propuestas ni apoyos.")
    if row.exercise.state != ExerciseState.OPEN or row.exercise.archived_on:
        raise Refused("El ejercicio ya concluyó: su consulta no recibe propuestas ni apoyos.")
    return row, at


def _checked(words: ProblemWords) -> dict[str, str]:
    """Return what is written of a proposal, or refuse what nobody could read."""
    said = {"title": " ".join(words.title.split()), "text": words.text.strip(), "place": " ".join(words.place.split())}
    if not said["title"] or not said["text"]:
        raise Refused("Escribe el problema en pocas palabras y qué pasa.")
    if long := [name for name, most in LONGEST.items() if len(said[name]) > most]:
        raise Refused(f"Acorta el texto: pasa de {LONGEST[long[0]]} caracteres.")
    return said


def _support(slug: str, token: str) -> tuple[Problem, str]:
    found = support_of(slug, token)
    if found is None:
        raise Refused(GONE)
    return found


def _supportable(problem: Problem) -> Problem:
    """Return a problem as it is now, if it still takes supports."""
    row = Problem.objects.select_related("consultation__exercise", "merged_into").get(pk=problem.pk)
    if row.status in SUPPORTABLE:
        return row
    if row.status == ProblemStatus.MERGED and row.merged_into:
        raise Refused(f"Esta propuesta se unió a la {row.merged_into.number}, que dice lo mismo: apoya esa.")
    raise Refused("Esta propuesta ya no recibe apoyos.")
