"""What the tests of notices share: topics and duties that exist only in them, and a person who can be reached."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from tests.cast import account

from tequio.kernel import duties
from tequio.kernel.duties import Duty
from tequio.kernel.topics import Pace, forget_topic, topic, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.accounts.models import User

MORNING = datetime(2037, 2, 5, 13, tzinfo=UTC)
"""Seven in the morning of Thursday, 5 February, in central Mexico."""
TODAY = date(2037, 2, 5)
TOPICS = ("sample_sessions", "sample_calls")


@contextmanager
def sample_topics() -> Iterator[None]:
    topic("sample_sessions", "Sesiones", "Avisos de sesión y acuerdos por firmar.")
    topic("sample_calls", "Convocatorias", "Registros que esperan revisión.", pace=Pace.DAILY)
    try:
        yield
    finally:
        for key in TOPICS:
            forget_topic(key)


@contextmanager
def owed(*found: Duty) -> Iterator[list[Duty]]:
    """Let every account owe these duties, and no other."""
    before, now = duties.declarations[:], list(found)
    duties.declarations[:] = [lambda _person, _at: list(now)]
    try:
        yield now
    finally:
        duties.declarations[:] = before


def duty(number: int = 4, *, about: str = "sample_sessions", **more: Any) -> Duty:
    subject = topic_of(about)
    assert subject
    return Duty(
        key=f"sample.sign:{number}",
        topic=subject,
        verb="Firma",
        thing=f"el acuerdo {number}",
        why="Sin las tres firmas el acuerdo no se publica.",
        address=f"/acuerdos/{number}/",
        button="Firmar el acuerdo",
        **more,
    )


def reachable(name: str) -> User:
    """Write an account that has shown its address."""
    person = account(name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def without_token(text: str) -> str:
    """Return a message without the signed part of its link."""
    return re.sub(r"(/avisos/baja/)[^/]+/", r"\1…/", text)
