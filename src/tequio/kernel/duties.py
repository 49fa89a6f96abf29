"""Duties: what a person has to do now, asked of every room and derived from state, never kept as a list.

A room declares its own in `duties.py`, which the kernel reads at start. A duty that another person did is gone,
because the state from which it followed is gone.
"""

from __future__ import annotations

import datetime as dt
import logging
import math
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, NamedTuple, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from tequio.kernel.along import read_together
from tequio.kernel.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

    from tequio.kernel.topics import Topic

    Declaration = Callable[[Any, dt.datetime], Iterable["Duty"]]
    Capacity = Callable[[Any, dt.datetime], Iterable[str]]
    Question = Callable[[Any, dt.datetime], dict[str, QuerySet[Any]]]
    Rows = dict[str, list[Any]]

LONGEST_KEY: Final = 160

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
logger = logging.getLogger(__name__)
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)
declarations: list[Declaration] = []
capacities: list[Capacity] = []
questions: list[Question] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something one person has to do: a verb, its object, why, by when, and the one button that leads there.

    `key` names the fact that asks for it (`governance.sign_agreement:<public id>`): the same as long as it is owed.
    """

    key: str
    topic: Topic
    verb: str
    thing: str
    why: str
    address: str
    button: str
    where: str = ""
    due_on: dt.date | None = None
    due_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what a page or a calendar could not show."""
        if self.due_on and self.due_at:
            raise ValueError(f"{self.key}: a duty is due on a day or at an instant, not both")
        if self.due_at and timezone.is_naive(self.due_at):
            raise ValueError(f"{self.key}: an instant has its time zone")
        if not self.address.startswith("/") or self.address.startswith("//"):
            raise ValueError(f"{self.key}: {self.address!r} is no address of this site")
        if not 0 < len(self.key) <= LONGEST_KEY or not all((self.verb, self.thing, self.why, self.button)):
            raise ValueError(f"{self.key!r}: a duty has a key, a verb, an object, a reason and a button")

    @property
    def title(self) -> str:
        """Return what to do, as a person says it."""
        return f"{self.verb} {self.thing}"

    @property
    def day(self) -> dt.date | None:
        """Return the day on which it is due, where the deployment is."""
        return day_of(self.due_at) if self.due_at else self.due_on

    def is_late(self, instant: dt.datetime) -> bool:
        """Tell whether its time is over: the instant came, or the day ended."""
        if self.due_at:
            return self.due_at <= instant
        return self.due_on is not None and self.due_on < day_of(instant)


class Owed(NamedTuple):
    """What one person has to do, the most pressing first, and whether every room answered."""

    duties: list[Duty]
    is_whole: bool


def duties(declaration: Declaration) -> Declaration:
    """Register a function of (person, instant) that yields what the person owes; it decorates one in `duties.py`."""
    declarations.append(declaration)
    return declaration


def capacity(named: Capacity) -> Capacity:
    """Register a function of (person, instant) that yields as what the person acts, in words, for the greeting."""
    capacities.append(named)
    return named


@contextmanager
def one_reading() -> Iterator[None]:
    """Let what `asked_once` guards be asked once while this lasts."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Let several declarations share a question: its answer, never altered, is kept for one page.

    Rows among its arguments are known by their key. Give it a list, not a queryset, which would be asked again.
    """

    @wraps(question)
    def ask(*asked: Asked.args, **more: Asked.kwargs) -> Answer:
        answers = _answers.get()
        if answers is None:
            return question(*asked, **more)
        key = (question, *(getattr(each, "pk", each) for each in (*asked, *more.items())))
        answer: Answer = answers[key] if key in answers else question(*asked, **more)
        answers[key] = answer
        return answer

    return ask


def read_in_one(question: Question) -> Callable[[Any, dt.datetime], Rows]:
    """Register the rows from which a room's duties follow: those of every room are read in one query.

    The decorated function returns querysets by name; called, it gives their lists.
    """
    questions.append(question)

    @wraps(question)
    def rows(person: Any, at: dt.datetime) -> Rows:
        found = _rows_of_all(person, at).get(question)
        return found if found is not None else {name: list(each) for name, each in question(person, at).items()}

    return rows


@asked_once
def _rows_of_all(person: Any, at: dt.datetime) -> dict[Question, Rows]:
    """Return the rows of every room by its question; those of a room that fails are left to it, alone."""
    wanted: dict[Question, dict[str, QuerySet[Any]]] = {}
    for question in questions:
        try:
            wanted[question] = question(person, at)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("%s failed", question.__module__)
    names = {
        (question, name): f"list_{n}"
        for n, (question, name) in enumerate((question, name) for question, lists in wanted.items() for name in lists)
    }
    told = read_together(person, **{alias: wanted[question][name] for (question, name), alias in names.items()})
    found: dict[Question, Rows] = {question: {} for question in wanted}
    for (question, name), alias in names.items():
        found[question][name] = told[alias]
    return found


def owed_by(person: Any, at: dt.datetime) -> Owed:
    """Return what a person owes at an instant; a room that fails is logged and silences no other.

    A database that is away fails for all, and is raised: then there is no answer to give.
    """
    found: dict[str, Duty] = {}
    is_whole = True
    with one_reading():
        for declaration in declarations:
            try:
                found |= {duty.key: duty for duty in declaration(person, at)}
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                logger.exception("%s.%s failed", declaration.__module__, declaration.__qualname__)
                is_whole = False
    return Owed(sorted(found.values(), key=pressing), is_whole)


def pressing(duty: Duty) -> tuple[dt.date, float, str]:
    """Return by what duties are ordered: by day, hour and name; those without a date come last."""
    return (duty.day or dt.date.max, duty.due_at.timestamp() if duty.due_at else math.inf, duty.title)


def capacities_of(person: Any, at: dt.datetime) -> list[str]:
    """Return as what a person acts, in words."""
    return list(dict.fromkeys(words for named in capacities for words in named(person, at)))
