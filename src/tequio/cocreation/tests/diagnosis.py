"""What tests of themes and of the consultation stand on, made by the verbs."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client
from tests.cast import NOW, again

from tequio.accounts.enums import Sector
from tequio.cocreation.models import Problem
from tequio.cocreation.notices.problems import own_page
from tequio.cocreation.queries.problems import token_of
from tequio.cocreation.workflows import (
    ConsultationTerms,
    ProblemWords,
    ThemePlan,
    approve_theme,
    ask_to_support,
    confirm_problem,
    confirm_support,
    open_consultation,
    propose_problem,
    propose_theme,
)
from tequio.governance.tests.bodies import secretariat
from tequio.kernel.models import Concept, ConceptScheme, OutboxMessage

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemConsultation, Theme
    from tequio.exercises.models import Exercise
    from tequio.governance.models import Agreement
    from tequio.governance.tests.bodies import Secretariat

HOLDERS = (Sector.GUARANTOR.value, Sector.PUBLIC_BODIES.value, Sector.CIVIL_SOCIETY.value)
ALIGNED = {"plan_document": "Plan de Desarrollo Municipal", "plan_alignment": "Pilar territorial"}


def inside(person: User) -> Client:
    """Return a browser in which somebody entered."""
    client = Client()
    client.force_login(again(person))
    return client


def written(**other: Any) -> ThemePlan:
    """Return what somebody writes of a theme."""
    plain = {"name": "Movilidad", "justification": "No hay por dónde caminar.", **ALIGNED}
    return ThemePlan(**{**plain, **other})


def proposed(exercise: Exercise, by: User, **other: Any) -> Theme:
    """Propose a theme as the next request would."""
    return propose_theme(exercise, written(**other), by=again(by), at=NOW)


def agreed(exercise: Exercise, by: User, text: str = "Se aprueba la temática.") -> tuple[Secretariat, Agreement]:
    """Let a secretariat adopt an agreement in a session."""
    body = secretariat(exercise, by)
    return body, body.adopt(body.opened(*HOLDERS), *HOLDERS, text=text).agreement


def approved(exercise: Exercise, by: User, **other: Any) -> Theme:
    """Propose a theme and approve it by an agreement of the secretariat."""
    _, agreement = agreed(exercise, by)
    return approve_theme(proposed(exercise, by, **other), agreement, by=again(by), at=NOW)


def targets() -> None:
    """Write two targets of the Sustainable Development Goals."""
    scheme = ConceptScheme.objects.create(key="ods-metas", name="Metas de los ODS")
    for order, (code, name) in enumerate([("11.2", "Transporte seguro"), ("16.6", "Instituciones eficaces")]):
        Concept.objects.create(scheme=scheme, code=code, name=name, order=order)


OPENS = NOW
CLOSES = NOW + timedelta(days=20)
DURING = NOW + timedelta(days=2)


def terms(**other: Any) -> ConsultationTerms:
    """Return what a liaison writes of a consultation."""
    plain = {"words": "¿Qué te preocupa?", "rules": "Sin datos personales.", "opens_at": OPENS, "closes_at": CLOSES}
    return ConsultationTerms(**{**plain, **other})


def opened(exercise: Exercise, by: User, **other: Any) -> ProblemConsultation:
    """Open a consultation as the next request would."""
    return open_consultation(exercise, terms(**other), by=again(by), at=NOW)


def sent(consultation: ProblemConsultation, who: str, /, *, at: datetime = DURING, **words: str) -> Problem:
    """Propose a problem; return it unconfirmed."""
    told = {"title": f"Baches de {who}", "text": "No se puede pasar.", **words}
    propose_problem(consultation, ProblemWords(**told), f"{who}@example.mx", clock=lambda: at)
    return Problem.objects.get(email=f"{who}@example.mx", title=told["title"])


def published(consultation: ProblemConsultation, who: str, /, *, at: datetime = DURING, **words: str) -> Problem:
    """Propose a problem and confirm it by its link."""
    problem = sent(consultation, who, at=at, **words)
    return confirm_problem(consultation.exercise.slug, token_of(problem), clock=lambda: at)


def support_link(problem: Problem, who: str, /, *, at: datetime = DURING) -> str:
    """Ask for the link that confirms a support, and return its secret as the message brings it."""
    ask_to_support(problem, f"{who}@example.mx", clock=lambda: at)
    bodies = OutboxMessage.objects.filter(recipient=f"{who}@example.mx").values_list("body", flat=True)
    mine = [body for body in bodies if problem.title in body and "/mi-apoyo/" in body]
    address = re.search(r"/mi-apoyo/(\S+)/", mine[0])
    assert address
    return address[1]


def supported(problem: Problem, who: str, /, *, at: datetime = DURING) -> str:
    """Support a problem by its link; return the secret."""
    token = support_link(problem, who, at=at)
    confirm_support(problem.exercise.slug, token, clock=lambda: at)
    return token


def path_of(problem: Problem) -> str:
    """Return the secret address of a proposal, as a path."""
    return "/" + own_page(problem).split("/", 3)[3]
