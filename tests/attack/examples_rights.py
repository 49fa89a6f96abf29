"""Real objects for the pages of one's own data and of letters, which the first municipality or its state answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from tequio.accounts.enums import NoticeKey, RightKind, RightOutcome, RightProof
from tequio.accounts.workflows import Wish, ask_rights, give_consent, prove_request_in_person, write_letter
from tests.attack.examples import Example, example
from tests.cast import NOW, read_notice

if TYPE_CHECKING:
    from tequio.accounts.models import PrivacyNotice
    from tequio.accounts.workflows import Asked, Written
    from tests.attack.examples import Scene


def letter(scene: Scene) -> Written:
    """Return a letter to the first municipality, from nobody."""
    return write_letter("¿Cuándo abre la ventanilla de transparencia?", scene.land.town, at=NOW)


def request(scene: Scene) -> Asked:
    """Return a request that its person will prove in person."""
    wish = Wish(RightKind.ACCESS, "Quiero ver mis datos.", scene.land.guarantor, proof=RightProof.IN_PERSON)
    return ask_rights(wish, by=AnonymousUser(), at=NOW)


def notice() -> PrivacyNotice:
    """Return the notice of having an account."""
    return read_notice(NoticeKey.ACCOUNT)


@example("escribe/<str:token>/")
def letter_sent(scene: Scene) -> Example:
    """A letter, by its secret."""
    return Example({"token": letter(scene).token})


@example("correspondencia/<str:folio>/")
def letter_to_answer(scene: Scene) -> Example:
    """A letter that waits."""
    return Example({"folio": letter(scene).letter.folio}, {"answer": "A las nueve."})


@example("datos-personales/solicitud/<str:token>/")
def request_sent(scene: Scene) -> Example:
    """A request, by its secret."""
    return Example({"token": request(scene).token}, {"que": "retirar"})


@example("datos-personales/solicitud/enviada/<slug:folio>/")
def request_told(scene: Scene) -> Example:
    """The page that follows a request."""
    return Example({"folio": request(scene).request.folio.lower()})


@example("garante/datos-personales/<str:folio>/")
def request_to_answer(scene: Scene) -> Example:
    """A request whose person came."""
    proven = prove_request_in_person(request(scene).request, by=scene.person("guarantor_staff"), at=NOW)
    return Example({"folio": proven.folio}, {"outcome": RightOutcome.values[0], "answer": "Aquí están."})


@example("privacidad/<slug:key>/")
@example("privacidad/<slug:key>/<int:version>/")
def published_notice(_scene: Scene) -> Example:
    """A notice, and its version."""
    return Example({"key": notice().key, "version": notice().version})


@example("garante/avisos/<slug:key>/")
def notice_to_change(_scene: Scene) -> Example:
    """A notice of which there is a version."""
    said = {
        "short": "Aviso nuevo",
        "whole": "# Qué guardamos\n\nTu correo.",
        "changes": "Las palabras.",
        "que": "publicar",
    }
    return Example({"key": notice().key}, said)


@example("cuenta/mis-datos/datos.<str:form>")
def data_file(_scene: Scene) -> Example:
    """One's own data as a file."""
    return Example({"form": "json"})


@example("cuenta/mis-datos/consentimientos/<int:number>/retirar/")
def consent(scene: Scene) -> Example:
    """What the stranger accepted."""
    return Example({"number": give_consent(notice(), by=scene.person("stranger"), at=NOW).pk})
