"""What a post noted while it had no network, told in batches: in any order and as often as it likes, the same rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tequio.accounts.enums import Sex
from tequio.exercises.enums import AttendeeState, DoorAnswer
from tequio.exercises.workflows.attendees import AttendeeDetails, drafted, mail_address
from tequio.exercises.workflows.door import open_door
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tequio.exercises.models import Attendee, DoorPost, Event

MOST_ACTS: Final = 200
"""Acts of a batch; a phone sends the rest in the next one."""
LONGEST: Final = 254
REFUSED: Final = "refused"
MARK: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
UNREADABLE: Final = "Este registro llegó dañado y no se puede leer. Si la persona entró, anótala otra vez."
NOBODY: Final = (
    "Nadie tiene ese código: está mal escrito o canceló su registro. Si entró, anótala como «No se registró antes»."
)


@dataclass(frozen=True)
class Noted:
    """What the door answers to an act of a batch, by its mark; `words` where there is more to say."""

    mark: str
    answer: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """Somebody came, at an hour of the device: who holds a code, or who did not register and says so much."""

    mark: str
    hour: datetime
    code: str = ""
    is_let_in: bool = False
    details: AttendeeDetails | None = None
    words: str = ""


@transaction.atomic
def note_arrivals(post: DoorPost, acts: Sequence[Any], *, at: datetime) -> list[Noted]:
    """Note who came at a post, as its device tells it; an act that cannot be taken is answered and stops no other.

    Whoever it tells of is inside already: they are counted though the place be full. Of two hours the first stays.
    """
    row = open_door(post.event, by=post, at=at)
    if len(acts) > MOST_ACTS:
        raise Refused(f"Son demasiados registros de una vez: envía {MOST_ACTS} como máximo.")
    batch = _Batch(row, at)
    read = [batch.read(told) for told in acts]
    batch.meet(act for act in read if isinstance(act, Act))
    noted = [batch.note(act) if isinstance(act, Act) else act for act in read]
    batch.write()
    return noted


class _Batch:
    """The people whom a batch tells of, read at once, as its acts leave them."""

    def __init__(self, event: Event, at: datetime) -> None:
        self.event = event
        self.at = at
        self.opens_at = event.door_opens_at or at
        self.inside = event.attendees.arrived().count()
        self.people: dict[str, Attendee] = {}
        self.changed: dict[int, Attendee] = {}

    def read(self, told: Any) -> Act | Noted:
        """Return an act that can be understood, or why it cannot."""
        mark = told.get("mark") if isinstance(told, dict) else None
        if not isinstance(mark, str) or not MARK.fullmatch(mark):
            return Noted(mark[:36] if isinstance(mark, str) else "", REFUSED, UNREADABLE)
        try:
            hour = min(max(self.opens_at, _hour(told.get("hour"))), self.at)
        except (ValueError, OverflowError):
            return Noted(mark, REFUSED, UNREADABLE)
        if told.get("kind") == "arrival":
            code = _line(told.get("code")).upper()
            return Act(mark=mark, hour=hour, code=code, is_let_in=told.get("let_in") is True)
        if told.get("kind") == "walk_in":
            return self._read_walk_in(told, mark, hour)
        return Noted(mark, REFUSED, UNREADABLE)

    def _read_walk_in(self, told: dict[str, Any], mark: str, hour: datetime) -> Act:
        """Return who came without registering; an address that is none is left out, for they are inside already."""
        words, email = "", _line(told.get("email"))
        try:
            email = mail_address(email) if len(email) <= LONGEST else mail_address("@")
        except Refused:
            words, email = "El correo no está completo: la persona quedó contada, sin correo.", ""
        origin, sex = _line(told.get("from")), told.get("sex")
        details = AttendeeDetails(
            sector="" if self.event.groups else origin,
            group=origin if self.event.groups else "",
            institution=_line(told.get("institution")),
            sex=sex if isinstance(sex, str) and sex in Sex.values else Sex.UNSAID,
            email=email,
        )
        return Act(mark=mark, hour=hour, details=details, words=words)

    def meet(self, acts: Iterable[Act]) -> None:
        """Read in one query everybody whom the acts may tell of, by code, mark and address."""
        told = list(acts)
        known = (
            Q(code__in={act.code for act in told if act.code})
            | Q(mark__in={act.mark for act in told if act.details})
            | Q(email__in={act.details.email for act in told if act.details and act.details.email})
        )
        for person in self.event.attendees.filter(known):
            self._know(person)

    def _know(self, person: Attendee) -> None:
        self.people |= {name: person for name in (person.code, person.mark, person.email) if name}

    def note(self, act: Act) -> Noted:
        """Note one act, and answer it."""
        if act.details is None:
            return self._arrive(self.people.get(act.code), act)
        known = self.people.get(act.mark) or self.people.get(act.details.email)
        if known is not None:
            return self._arrive(known, replace(act, is_let_in=True))
        try:
            person = drafted(self.event, act.details)
        except Refused as why:
            return Noted(act.mark, REFUSED, str(why))
        person.state, person.arrived_at, person.is_walk_in = AttendeeState.CONFIRMED, act.hour, True
        person.mark = act.mark
        person.save(force_insert=True)
        self._know(person)
        return self._counted(act)

    def _arrive(self, person: Attendee | None, act: Act) -> Noted:
        """Note that somebody who is known came, at the first hour that is told of them."""
        if person is None:
            return Noted(act.mark, DoorAnswer.NOT_THERE, NOBODY)
        if person.arrived_at is None and person.state == AttendeeState.WAITING and not act.is_let_in:
            return Noted(act.mark, DoorAnswer.WAITING, "Está en lista de espera: no se anotó que entró.")
        is_first = person.arrived_at is None
        if person.arrived_at is None or act.hour < person.arrived_at:
            person.state, person.arrived_at = AttendeeState.CONFIRMED, act.hour
            self.changed[person.pk] = person
        return self._counted(act) if is_first else Noted(act.mark, DoorAnswer.ALREADY, act.words)

    def _counted(self, act: Act) -> Noted:
        """Count one more inside, and say so where they are more than the place holds."""
        self.inside += 1
        capacity, words = self.event.capacity, act.words
        if capacity is not None and self.inside > capacity:
            words = f"{words} Ya entró y quedó contada, pero el cupo está lleno: {self.inside} de {capacity}.".strip()
        return Noted(act.mark, DoorAnswer.COME_IN, words)

    def write(self) -> None:
        """Write what changed of who was known."""
        if self.changed:
            self.event.attendees.bulk_update(self.changed.values(), ["state", "arrived_at"])


def _hour(told: Any) -> datetime:
    """Return an instant as a device writes it."""
    hour = datetime.fromisoformat(told) if isinstance(told, str) else None
    if hour is None or timezone.is_naive(hour):
        raise ValueError("an act has an hour with its time zone")
    return hour.astimezone(timezone.get_current_timezone())


def _line(told: Any) -> str:
    """Return what was typed, on one line, without signs that nobody sees; nothing for what is no text."""
    return "".join(sign for sign in told[:1000] if sign.isprintable()).strip() if isinstance(told, str) else ""
