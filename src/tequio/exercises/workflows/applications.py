"""Answering a call, and correcting or withdrawing the answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from django.db import transaction

from tequio.accounts.enums import Sector, Sex
from tequio.accounts.models import User
from tequio.accounts.workflows import give_consent
from tequio.exercises.enums import AMEND_APPLICATION, REVIEW_APPLICATION, ApplicationState, CallState
from tequio.exercises.models import Application, Call, Registration
from tequio.exercises.models.applications import LIVE, WAITING, name_key
from tequio.exercises.notices.applications import tell_received, tell_withdrawn
from tequio.kernel import spoken
from tequio.kernel.attachments import PICTURES, attach, detach
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.objections import hear_objections
from tequio.kernel.refusal import Refused
from tequio.kernel.windows import WindowState
from tequio.kernel.workflow import Actor, Move, Workflow

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.core.files.uploadedfile import UploadedFile

    from tequio.accounts.models import PrivacyNotice

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Those of a folio: none that a person takes for another when reading it aloud."""
PICTURE_SIDE: Final = 320  # pixels: thrice what a page shows
WITHDRAW_CANDIDACY: Final = "exercises.withdraw_candidacy"
"""An act to which rooms may object (application): an election that was called has a ballot that does not change."""
CANDIDACY_WITHDRAWN: Final = "candidacy_withdrawn"
"""An accepted candidacy was taken back (exercise, name): whoever prepared a ballot with it takes it off."""


def may_still_leave(application: Application) -> str | None:
    """Block the withdrawal of what was accepted: a member stays, a candidacy is free until its election is called."""
    if application.state != ApplicationState.ACCEPTED:
        return None
    if not application.call.is_candidacy:
        return "Ya formas parte del ejercicio. Para dejarlo, escribe al órgano garante."
    try:
        hear_objections(WITHDRAW_CANDIDACY, application=application)
    except Refused as refused:
        return str(refused)
    return None


APPLICATION_MOVES: Final = Workflow(
    Application,
    (
        Move("accept", "Aceptar", (ApplicationState.SUBMITTED,), ApplicationState.ACCEPTED, REVIEW_APPLICATION),
        Move(
            "return", "Pedir correcciones", (ApplicationState.SUBMITTED,), ApplicationState.RETURNED, REVIEW_APPLICATION
        ),
        Move("decline", "No aceptar", WAITING, ApplicationState.DECLINED, REVIEW_APPLICATION),
        Move(
            "resubmit",
            "Enviar de nuevo",
            (ApplicationState.RETURNED,),
            ApplicationState.SUBMITTED,
            AMEND_APPLICATION,
        ),
        Move(
            "withdraw",
            "Retirar la solicitud",
            LIVE,
            ApplicationState.WITHDRAWN,
            AMEND_APPLICATION,
            (may_still_leave,),
        ),
    ),
    field="state",
    identity="folio",
)


@dataclass(frozen=True)
class Answer:
    """What a person writes in the form of a call; `picture` is a new one, none, or False to take away the present."""

    sector: str
    person_name: str
    name: str = ""
    post: str = ""
    words: str = ""
    sex: str = Sex.UNSAID
    picture: UploadedFile[Any] | Literal[False] | None = None
    notice: PrivacyNotice | None = None


@transaction.atomic
def submit_application(call: Call, answer: Answer, *, by: User | AnonymousUser, at: datetime) -> Application:
    """Answer a call while it is open; the same answer sent twice is one.

    `at` is an instant of the database's clock. The call is held, so that of one account or name there is one answer.
    """
    if not isinstance(by, User) or not by.is_active:
        raise Refused("Entra con tu correo para inscribirte.")
    fresh = Call.objects.select_for_update(of=("self",)).select_related("exercise").get(pk=call.pk)
    current = fresh.applications.live().filter(account=by).first()
    if current:
        if (current.sector, current.name, current.person_name) == (answer.sector, *_names(answer)):
            return current
        raise Refused("Ya enviaste una solicitud a esta convocatoria. Ábrela para corregirla.")
    if fresh.state == CallState.DRAFT:
        raise Refused("Esta convocatoria todavía no se publica.")
    if (standing := fresh.standing_at(at)) is not WindowState.OPEN:
        raise Refused(not_open(fresh, standing))
    application = Application(
        call=fresh, folio=_folio(), account=by, submitted_at=at, **_checked(answer, fresh, by=by, at=at)
    )
    if answer.picture:
        application.picture = attach(answer.picture, allowed=PICTURES, longest=PICTURE_SIDE, at=at)
    application.save(force_insert=True)
    facts = {"call": fresh.reference}
    record("exercises.application_submitted", APPLICATION_MOVES.subject(application), facts, by=None, at=at)
    tell_received(application, at=at)
    return application


@transaction.atomic
def amend_application(
    application: Application, answer: Answer, *, by: User | AnonymousUser, at: datetime
) -> Application:
    """Correct an application while its call is open, or until the day given to who must correct it."""
    fresh = held(application)
    if not by.has_perm(AMEND_APPLICATION, fresh):
        raise Refused("Esta solicitud no es de tu cuenta.")
    if not may_amend(fresh, at=at):
        raise Refused("Ya no se puede corregir: venció el plazo o ya se decidió sobre ella.")
    old = fresh.picture
    for name, value in _checked(answer, fresh.call, by=fresh.account, at=at, but=fresh).items():
        setattr(fresh, name, value)
    if answer.picture:
        fresh.picture = attach(answer.picture, allowed=PICTURES, longest=PICTURE_SIDE, at=at)
    elif answer.picture is False or not takes_picture(fresh.call, fresh.sector):
        fresh.picture = None
    fresh.amended_at = at
    if fresh.state == ApplicationState.RETURNED:
        APPLICATION_MOVES.run(fresh, "resubmit", by=by, at=at)
        fresh.mend_by = None
    fresh.save()
    if old and old != fresh.picture:
        detach(old)
    return fresh


@transaction.atomic
def withdraw_application(application: Application, *, by: Actor, at: datetime) -> Application:
    """Take back an application that waits, or a candidacy not on a ballot; what it told of its person is forgotten."""
    fresh = held(application)
    if not by.has_perm(AMEND_APPLICATION, fresh):
        raise Refused("Esta solicitud no es de tu cuenta.")
    if fresh.state == ApplicationState.WITHDRAWN:
        return fresh
    if blocks := APPLICATION_MOVES.moves["withdraw"].blocks(fresh, at=at):
        raise Refused(" ".join(blocks))
    if fresh.state == ApplicationState.ACCEPTED:
        announce(CANDIDACY_WITHDRAWN, exercise=fresh.call.exercise_id, name=fresh.person_name)
    old, fresh.picture = fresh.picture, None
    for name in ("name", "name_key", "person_name", "post", "words", "reason"):
        setattr(fresh, name, "")
    fresh.sex, fresh.decided_at = Sex.UNSAID, at
    fresh.save()
    APPLICATION_MOVES.run(fresh, "withdraw", by=by, at=at)
    if old:
        detach(old)
    tell_withdrawn(fresh, at=at)
    return fresh


@transaction.atomic
def hide_application(application: Application, *, by: Actor, at: datetime) -> Application:
    """Take down what an accepted application shows of its person; the name stays where the exercise tells it."""
    fresh = held(application)
    if not by.has_perm(AMEND_APPLICATION, fresh):
        raise Refused("Esta solicitud no es de tu cuenta.")
    old, fresh.picture = fresh.picture, None
    if fresh.call.is_candidacy:
        fresh.words = ""
    fresh.save(update_fields=["picture", "words"])
    Registration.objects.filter(application=fresh).update(picture=None)
    if old:
        detach(old)
    record("exercises.application_hidden", APPLICATION_MOVES.subject(fresh), {}, by=None, at=at)
    announce(CHANGED, subject=APPLICATION_MOVES.subject(fresh))
    return fresh


def held(application: Application) -> Application:
    """Return the application as it is now, held until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("account", "picture", "call__exercise__jurisdiction").get(pk=application.pk)


def may_amend(application: Application, *, at: datetime) -> bool:
    """Say whether an application may still be corrected at an instant."""
    is_open = application.call.standing_at(at) is WindowState.OPEN
    if application.state == ApplicationState.SUBMITTED:
        return is_open
    in_time = application.mend_by is not None and at < application.mend_by
    return application.state == ApplicationState.RETURNED and (is_open or in_time)


def takes_picture(call: Call, sector: str) -> bool:
    """Say whether an answer carries a picture: an organization's logo or a candidate's photograph, nobody else's."""
    return call.is_candidacy or sector != Sector.CITIZENS


def not_open(call: Call, standing: WindowState) -> str:
    """Return why a call cannot be answered now."""
    if standing is WindowState.UPCOMING and call.opens_at:
        return f"Esta convocatoria abre el {spoken.moment(call.opens_at)}."
    return "Esta convocatoria ya cerró y no recibe más solicitudes."


def _names(answer: Answer) -> tuple[str, str]:
    """Return the names that an answer tells, each with single spaces; a person alone has no organization."""
    name = "" if answer.sector == Sector.CITIZENS else " ".join(answer.name.split())
    return name, " ".join(answer.person_name.split())


def _checked(answer: Answer, call: Call, *, by: User, at: datetime, but: Application | None = None) -> dict[str, Any]:
    """Return the columns that hold an answer, its person's consent written, or refuse it."""
    name, person_name = _names(answer)
    if answer.sector not in call.sectors:
        raise Refused("Esta convocatoria no es para ese sector. Elige otro.")
    if answer.sector != Sector.CITIZENS and not name and not call.is_candidacy:
        raise Refused("Escribe el nombre de la organización o del ente público.")
    if not person_name:
        raise Refused("Escribe el nombre de la persona.")
    if call.is_candidacy and not answer.words.strip():
        raise Refused("Escribe tu experiencia y por qué te postulas.")
    if answer.picture and not takes_picture(call, answer.sector):
        raise Refused("A título personal no se pide imagen. Quítala y envía de nuevo.")
    key = "" if call.is_candidacy else name_key(name)
    if not call.is_candidacy:
        check_new_member(call, key, account=by, but=but)
    if answer.notice is None:
        raise Refused("Para enviarla, acepta el aviso de privacidad.")
    give_consent(answer.notice, by=by, at=at)
    return {
        "sector": answer.sector,
        "name": name,
        "name_key": key,
        "person_name": person_name,
        "post": answer.post.strip() if answer.sector == Sector.PUBLIC_BODIES else "",
        "words": answer.words.strip(),
        "sex": answer.sex,
    }


def check_new_member(call: Call, key: str, *, account: User, but: Application | None = None) -> None:
    """Refuse a name or an account that the exercise already has among its members, or this call among its answers."""
    members = Registration.objects.filter(exercise=call.exercise_id)
    if members.filter(account=account).exists():
        raise Refused("Tu cuenta ya tiene una inscripción en este ejercicio.")
    if not key:
        return
    if members.filter(name_key=key).exists():
        raise Refused("Esa organización ya está en la lista de miembros inscritos de este ejercicio.")
    others = call.applications.live().filter(name_key=key)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise Refused("Esa organización ya tiene una solicitud en esta convocatoria. Pregunta a quien la envió.")


def _folio() -> str:
    """Return a new folio, as «7K3F-9QXM»."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"
