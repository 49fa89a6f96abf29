"""The objects of the addresses of bodies and sessions: the secretariat of the land's first municipality."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tequio.accounts.enums import Sector
from tequio.governance.enums import SessionKind
from tequio.governance.models import Session
from tequio.governance.tests.bodies import secretariat
from tequio.governance.workflows import Holder, close_session, fill_seat, invite_to_seat, send_remark
from tequio.kernel.clock import today
from tests.attack.examples import Example, example, in_exercise, under_way
from tests.cast import NOW, again

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.governance.models import Agreement, SeatTerm
    from tequio.governance.tests.bodies import Secretariat
    from tests.attack.examples import Scene

BODY = "ejercicios/<slug:slug>/organos/<slug:word>/"
SEAT = f"{BODY}asientos/<int:order>/"
SESSION = "ejercicios/<slug:slug>/sesiones/<int:number>/"
AGREEMENT = "ejercicios/<slug:slug>/acuerdos/<slug:code>/"
ACT = {"act": "Oficio 1"}


def stm(scene: Scene) -> Secretariat:
    """Return the secretariat, with a titular and a substitute in each seat."""
    return secretariat(under_way(scene), scene.person("liaison"))


def of(made: Secretariat, sent: dict[str, Any] | None = None, **parts: Any) -> Example:
    """Return an example in the secretariat's exercise."""
    return in_exercise(made.body.exercise, sent, word="secretariado", **parts)


def begun_now(made: Secretariat) -> Session:
    """Return a session that began now."""
    session = made.opened("guarantor", "civil_society")
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now())
    session.refresh_from_db()
    return session


def agreed(made: Secretariat) -> Agreement:
    """Return an agreement of the session."""
    found: Agreement = made.adopt(begun_now(made), "guarantor", "civil_society", text="Se aprueba.").agreement
    return found


@example("ejercicios/<slug:slug>/organos/")
def organs(scene: Scene) -> Example:
    """The bodies of the land's first municipality."""
    return of(stm(scene))


@example("ejercicios/<slug:slug>/organos/integrar/")
def installing(scene: Scene) -> Example:
    """An exercise without a body."""
    seats = {sector.value: "1" for sector in Sector}
    return in_exercise(under_way(scene), {"kind": "secretariat", "title": "STM", **seats})


@example(f"{BODY}convocar/")
def convening(scene: Scene) -> Example:
    """A session far ahead."""
    sent = {
        "kind": "ordinary",
        "starts_at": "2099-01-01T18:00",
        "mode": "in_person",
        "place": "Palacio",
        "points": "Uno",
    }
    return of(stm(scene), sent)


@example(f"{BODY}ampliar/")
def widening(scene: Scene) -> Example:
    """A sector that gets one more seat."""
    return of(stm(scene), {"sector": "public_bodies", **ACT})


@example(f"{BODY}mecanismo/")
def mechanism(scene: Scene) -> Example:
    """A governance mechanism."""
    return of(stm(scene), {"text": "Reglas.", "quorum": "all", "quorum_number": ""})


@example(f"{BODY}agenda/")
def programme(scene: Scene) -> Example:
    """A yearly agenda."""
    return of(stm(scene), {"year": "2030", "items": "14/03/2030 Primera sesión"})


@example(f"{SEAT}ocupar/")
@example(f"{SEAT}desocupar/")
def filling(scene: Scene) -> Example:
    """The seat of a titular, who leaves it to another."""
    return of(stm(scene), {"name": "Otra persona", **ACT, "email": "", "organization": ""}, order=1)


def held_by(made: Secretariat, name: str, person: User | None = None) -> SeatTerm:
    """Let somebody hold the guarantor's seat."""
    holder = Holder(name, account=person)
    return fill_seat(made.seat(Sector.GUARANTOR), holder, **ACT, by=again(made.runner), at=NOW)


@example(f"{SEAT}invitar/")
def inviting(scene: Scene) -> Example:
    """A seat whose holder has no account yet."""
    made = stm(scene)
    held_by(made, "Sin cuenta")
    return of(made, {"email": "asiento@example.mx"}, order=1)


@example(f"{SEAT}suplencia/")
def delegating(scene: Scene) -> Example:
    """The seat that the liaison holds as titular, with somebody as substitute."""
    made = stm(scene)
    holder = Holder("Del ayuntamiento", account=scene.person("liaison"))
    fill_seat(made.seat(Sector.GUARANTOR), holder, **ACT, by=again(made.runner), at=NOW)
    day = today().isoformat()
    return of(made, {"starts_on": day, "last_on": day}, order=1)


@example("asiento/<str:token>/")
def taking(scene: Scene) -> Example:
    """The invitation of the stranger to a seat."""
    made = stm(scene)
    term = held_by(made, "Sin cuenta")
    address = scene.person("stranger").emailaddress_set.get().email
    return Example({"token": invite_to_seat(term, address, by=again(made.runner), at=timezone.now())})


@example(SESSION)
@example(f"{SESSION}sesion.ics")
@example(f"{SESSION}en-vivo/")
@example(f"{SESSION}grabacion/")
def session(scene: Scene) -> Example:
    """A session under way, whose notes are saved, and its recording."""
    made = stm(scene)
    sent = {"act": "notes", "notes": "Se leyó el acta.", "version": "0", "url": "https://example.mx/video"}
    return of(made, sent, number=begun_now(made).number)


@example(f"{SESSION}cambiar/")
def changing(scene: Scene) -> Example:
    """A session that moves."""
    made = stm(scene)
    sent = {"starts_at": "2099-01-01T18:00", "mode": "in_person", "place": "Otra sala", "link": "", "reason": "Cupo"}
    return of(made, sent, number=made.convene(NOW, SessionKind.INSTALLATION).number)


def closed(made: Secretariat) -> Session:
    """Return a session that ended, with its draft of minutes."""
    ended = begun_now(made)
    close_session(ended, by=again(made.runner), at=timezone.now() + timedelta(hours=1))
    ended.refresh_from_db()
    return ended


@example(f"{SESSION}acta/")
def draft(scene: Scene) -> Example:
    """A draft of minutes, of a session where the liaison sat and the guarantor's staff did not."""
    made = stm(scene)
    made.terms["guarantor"] = held_by(made, "Del ayuntamiento", scene.person("liaison"))
    return of(made, {"text": "Falta algo."}, number=closed(made).number)


@example(f"{SESSION}acta/observaciones/<int:remark>/")
def answering(scene: Scene) -> Example:
    """A remark that waits for its answer."""
    made = stm(scene)
    ended = closed(made)
    remark = send_remark(ended.record, made.terms["guarantor"], "Falta.", by=made.holder("guarantor"), at=NOW)
    return of(made, {"answer": "Se agregó."}, number=ended.number, remark=remark.pk)


@example(AGREEMENT)
@example(f"{AGREEMENT}cumplir/")
def agreement(scene: Scene) -> Example:
    """An agreement that waits."""
    made = stm(scene)
    return of(made, {"how": "Se hizo.", "proof_url": ""}, code=agreed(made).code)


@example(f"{AGREEMENT}cancelar/")
def cancelling(scene: Scene) -> Example:
    """An agreement that a later one cancels."""
    made = stm(scene)
    first = agreed(made)
    proposal = made.put(first.proposal.session, "Se cancela.")
    for name in ("guarantor", "civil_society"):
        made.say(proposal, name)
    later = made.settle(proposal).agreement
    type(later).objects.filter(pk=later.pk).update(adopted_at=first.adopted_at + timedelta(minutes=1))
    return of(made, {"cancelling": later.pk}, code=first.code)
