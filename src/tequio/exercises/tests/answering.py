"""What the tests of calls stand on: a call, answers to it, and pictures; all by the product's verbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.cast import NOW, account, again, read_notice

from tequio.accounts.enums import NoticeKey
from tequio.accounts.models import User
from tequio.exercises.enums import CallKind
from tequio.exercises.workflows import (
    Answer,
    draft_call,
    proposed_terms,
    publish_call,
    submit_application,
)
from tequio.kernel.models import Attachment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tequio.exercises.models import Application, Call, Exercise

OPENS = NOW - timedelta(days=2)
CLOSES = NOW + timedelta(days=20)
ORGANIZATION = Answer(
    sector="civil_society", name="Red de Niebla, A.C.", person_name="Ana Ruiz-zq", words="Para ayudar."
)
CITIZEN = Answer(sector="citizens", person_name="Beto Luna-zq")
CANDIDATE = Answer(sector="citizens", person_name="Carla Sol", words="Medié en diez barrios.")


def drafted(
    exercise: Exercise, by: User, kind: str = CallKind.PARTICIPATION, *, at: datetime = OPENS, **other: Any
) -> Call:
    """Prepare a call whose window is about now."""
    terms = proposed_terms(exercise, kind, at=at)
    terms = replace(terms, **{"opens_at": OPENS, "closes_at": CLOSES, **other})
    return draft_call(exercise, kind, terms, by=again(by), at=at)


def published(exercise: Exercise, by: User, kind: str = CallKind.PARTICIPATION, **other: Any) -> Call:
    """Publish a call that is open now."""
    at = other.get("opens_at", OPENS)
    return publish_call(drafted(exercise, by, kind, at=at, **other), by=again(by), at=at)


def applied(call: Call, person: User | None = None, answer: Answer = ORGANIZATION, **other: Any) -> Application:
    """Answer a call."""
    person = person or User.objects.filter(username="solicita").first() or account("solicita")
    if not EmailAddress.objects.filter(user=person).exists():
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return submit_application(call, replace(accepting(answer), **other), by=again(person), at=NOW)


def accepting(answer: Answer) -> Answer:
    """Return an answer whose person read and accepted the notice."""
    return replace(answer, notice=read_notice(NoticeKey.REGISTRATION))


def drawing(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """Return the bytes of a picture."""
    out = BytesIO()
    Image.new("RGB", size, "#8c4a2f").save(out, kind, **more)
    return out.getvalue()


def pictures() -> QuerySet[Attachment]:
    """Return the pictures that are kept; the exercise of the cast has a document too."""
    return Attachment.objects.filter(media_type__startswith="image/")


def upload(data: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    """Return bytes as a form sends them, with a name and a type that nobody should believe."""
    return SimpleUploadedFile(name, data, "image/png")
