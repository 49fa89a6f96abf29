"""Preparing a call, publishing it, giving it more time, and ending it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from tequio.accounts.enums import Sector
from tequio.accounts.models import User
from tequio.exercises.enums import CALLS_ONLINE, RUN_EXERCISE, CallKind, CallState, ExerciseState
from tequio.exercises.models import Call, CallExtension, Exercise
from tequio.exercises.workflows.call_texts import address_of
from tequio.kernel.canonical import digest
from tequio.kernel.clock import day_of
from tequio.kernel.ledger import record
from tequio.kernel.models import DatePrecision
from tequio.kernel.refusal import Refused
from tequio.kernel.windows import WindowState
from tequio.kernel.workflow import Move, Workflow

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.exercises.workflows.call_texts import CallTerms

logger = logging.getLogger(__name__)
SHORTEST: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=180)
ANSWERING: Final = frozenset({Sector.PUBLIC_BODIES, Sector.CIVIL_SOCIETY, Sector.CITIZENS})
LESS_THAN_A_DAY: Final = "La convocatoria debe estar abierta al menos un día completo. Cambia las fechas."


def _exercise_runs(call: Call) -> str | None:
    if call.exercise.state == ExerciseState.OPEN:
        return None
    return "El ejercicio debe estar en curso para publicar su convocatoria."


def _is_written(call: Call) -> str | None:
    if call.bases.strip() and call.requirements.strip() and call.sectors:
        return None
    return "Faltan las bases, los requisitos o quiénes pueden inscribirse. Completa el borrador."


CALL_MOVES: Final = Workflow(
    Call,
    (
        Move(
            "publish",
            "Publicar la convocatoria",
            (CallState.DRAFT,),
            CallState.PUBLISHED,
            RUN_EXERCISE,
            (_exercise_runs, _is_written),
        ),
        Move("extend", "Ampliar el plazo", (CallState.PUBLISHED,), CallState.PUBLISHED, RUN_EXERCISE),
        Move("close", "Terminar la convocatoria", (CallState.PUBLISHED,), CallState.CLOSED, RUN_EXERCISE),
    ),
    field="state",
    identity="reference",
)


@transaction.atomic
def draft_call(exercise: Exercise, kind: str, terms: CallTerms, *, by: User | AnonymousUser, at: datetime) -> Call:
    """Prepare a call that only those who run the exercise see."""
    _must_run(exercise, by)
    if kind not in CALLS_ONLINE:
        raise Refused("Esa clase de convocatoria no se responde aquí.")
    place = Exercise.objects.select_for_update(no_key=True).get(pk=exercise.pk)
    last = place.calls.aggregate(last=Max("order"))["last"] or 0
    word = address_of(kind)
    taken = set(place.calls.filter(key__startswith=word).values_list("key", flat=True))
    key = next(key for key in (word, *(f"{word}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
    return Call.objects.create(
        exercise=place, kind=CallKind(kind), key=key, order=last + 1, state=CallState.DRAFT, **_checked(terms, at=at)
    )


@transaction.atomic
def redraft_call(call: Call, terms: CallTerms, *, by: User | AnonymousUser, at: datetime) -> Call:
    """Change a call that was not published; what was published changes no more, except by an extension."""
    fresh = _locked(call)
    _must_run(fresh.exercise, by)
    if fresh.state != CallState.DRAFT:
        raise Refused("Esta convocatoria ya se publicó: sus bases no cambian. Puedes ampliar su plazo.")
    for name, value in _checked(terms, at=at).items():
        setattr(fresh, name, value)
    fresh.save()
    return fresh


@transaction.atomic
def discard_call(call: Call, *, by: User | AnonymousUser, at: datetime) -> None:
    """Throw away a draft; nobody saw it, so the record says nothing of it."""
    fresh = _locked(call)
    _must_run(fresh.exercise, by)
    if fresh.state != CallState.DRAFT:
        raise Refused("Esta convocatoria ya se publicó: no se borra. Puedes terminarla, con su motivo.")
    fresh.delete()
    logger.info("Borrador de convocatoria borrado, %s", at)


@transaction.atomic
def publish_call(call: Call, *, by: User | AnonymousUser, at: datetime) -> Call:
    """Publish a call: from now on its words do not change; one whose opening has passed opens now."""
    fresh = _locked(call)
    if fresh.state == CallState.DRAFT and fresh.opens_at and fresh.closes_at:
        opens_at = max(fresh.opens_at, at)
        if fresh.closes_at - opens_at < SHORTEST:
            raise Refused(LESS_THAN_A_DAY)
        fresh.opens_at, fresh.starts_on = opens_at, day_of(opens_at)
    CALL_MOVES.run(fresh, "publish", by=by, at=at)
    fresh.url = settings.SITE_ADDRESS + fresh.get_absolute_url()
    fresh.save(update_fields=["opens_at", "starts_on", "url"])
    terms = {"title": fresh.title, "bases": fresh.bases, "requirements": fresh.requirements, "sectors": fresh.sectors}
    facts = {"kind": fresh.kind, "terms_sha256": digest(terms), **_instants(fresh)}
    record("exercises.call_published", CALL_MOVES.subject(fresh), facts, by=None, at=at)
    return fresh


@transaction.atomic
def extend_call(
    call: Call, closes_at: datetime, *, reason: str, by: User | AnonymousUser, at: datetime
) -> CallExtension:
    """Give a call more time before it closes, with a reason that everybody reads."""
    fresh, reason = _locked(call), reason.strip()
    _must_run(fresh.exercise, by)
    if fresh.closes_at is None or fresh.standing_at(at) is WindowState.CLOSED:
        raise Refused("Esta convocatoria ya cerró: su plazo no se amplía. Puedes publicar otra.")
    if not reason:
        raise Refused("Escribe el motivo de la ampliación. Se publica junto a la nueva fecha.")
    if not fresh.closes_at < closes_at <= fresh.closes_at + LONGEST:
        raise Refused("El nuevo cierre debe ser posterior al actual, y no más de 180 días después.")
    CALL_MOVES.run(fresh, "extend", by=by, at=at)
    extension = CallExtension.objects.create(
        call=fresh, extended_at=at, closed_at=fresh.closes_at, closes_at=closes_at, reason=reason
    )
    fresh.closes_at, fresh.ends_on = closes_at, _last_day(closes_at)
    fresh.save(update_fields=["closes_at", "ends_on"])
    record("exercises.call_extended", CALL_MOVES.subject(fresh), _instants(fresh), by=None, at=at)
    return extension


@transaction.atomic
def close_call(call: Call, *, outcome: str, by: User | AnonymousUser, at: datetime) -> Call:
    """End a call and say publicly what came of it; an open one closes at this instant."""
    fresh, outcome = _locked(call), outcome.strip()
    _must_run(fresh.exercise, by)
    standing = fresh.standing_at(at)
    if standing is WindowState.UPCOMING:
        raise Refused("Esta convocatoria todavía no abre. Espera a que abra para terminarla.")
    if not outcome:
        raise Refused("Escribe qué resultó de la convocatoria, o por qué termina antes. Se publica.")
    CALL_MOVES.run(fresh, "close", by=by, at=at)
    fresh.outcome = outcome
    if standing is WindowState.OPEN and fresh.opens_at:
        fresh.closes_at = max(at, fresh.opens_at + timedelta(microseconds=1))
        fresh.ends_on = max(_last_day(fresh.closes_at), day_of(fresh.opens_at))
    fresh.save(update_fields=["outcome", "closes_at", "ends_on"])
    record("exercises.call_closed", CALL_MOVES.subject(fresh), _instants(fresh), by=None, at=at)
    return fresh


def _locked(call: Call) -> Call:
    """Return the call as it is now, held until the transaction ends."""
    held = Call.objects.select_for_update(of=("self",)).select_related("exercise__jurisdiction")
    return held.get(pk=call.pk)


def _must_run(exercise: Exercise, by: User | AnonymousUser) -> None:
    """Refuse whoever does not run the exercise."""
    if not isinstance(by, User) or not by.has_perm(RUN_EXERCISE, exercise):
        raise Refused("Tu cuenta no puede preparar ni cambiar convocatorias de este ejercicio.")


def _checked(terms: CallTerms, *, at: datetime) -> dict[str, Any]:
    """Return the columns that hold the terms of a call, or refuse them."""
    title = " ".join(terms.title.split())
    if not title:
        raise Refused("Escribe el título de la convocatoria.")
    if not terms.sectors or not set(terms.sectors) <= ANSWERING:
        raise Refused("Elige quiénes pueden inscribirse.")
    if terms.closes_at - terms.opens_at < SHORTEST:
        raise Refused(LESS_THAN_A_DAY)
    if terms.closes_at - terms.opens_at > LONGEST:
        raise Refused("Una convocatoria dura 180 días como máximo. Cambia las fechas.")
    if terms.closes_at <= at:
        raise Refused("La fecha de cierre ya pasó. Cambia las fechas.")
    return {
        "title": title,
        "bases": terms.bases.strip(),
        "requirements": terms.requirements.strip(),
        "sectors": [sector for sector in Sector.values if sector in terms.sectors],
        "opens_at": terms.opens_at,
        "closes_at": terms.closes_at,
        "starts_on": day_of(terms.opens_at),
        "starts_precision": DatePrecision.DAY,
        "ends_on": _last_day(terms.closes_at),
        "ends_precision": DatePrecision.DAY,
    }


def _last_day(closes_at: datetime) -> Any:
    """Return the last day on which something that closes at an instant is open."""
    return day_of(closes_at - timedelta(microseconds=1))


def _instants(call: Call) -> dict[str, str]:
    """Return when a call opens and closes, as the record writes it."""
    return {
        name: instant.isoformat() for name in ("opens_at", "closes_at") if (instant := getattr(call, name)) is not None
    }
