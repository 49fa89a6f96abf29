"""The consultation of public problems: its list and figures, what waits for an answer, and the secrets of its links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.signing import BadSignature, Signer
from django.db.models import Count, F, Q
from django.utils.crypto import salted_hmac

from tequio.accounts.enums import JurisdictionKind, RoleKind
from tequio.accounts.queries import held_roles
from tequio.cocreation.enums import SHOWN, ProblemStatus
from tequio.cocreation.models import Problem, ProblemConsultation
from tequio.exercises.models import Exercise
from tequio.exercises.queries.reach import accompanied_exercises

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User

SHEET: Final = 25
RECENT: Final = "recientes"
WAITING: Final = Q(status=ProblemStatus.PENDING) | Q(
    status=ProblemStatus.MERGED, merged_into__status=ProblemStatus.WITHDRAWN
)
"""What nobody answered: also what was merged into a proposal that was taken back."""
SALT: Final = "tequio.cocreation.support"
proposals: Final = Signer(salt="cocreation.problem", sep=".")
supports: Final = Signer(salt="cocreation.support", sep=".")


@dataclass(frozen=True, slots=True)
class Figures:
    """How many proposals a consultation shows, and how many of them were answered."""

    total: int
    waiting: int

    @property
    def answered(self) -> int:
        """How many were told what became of them."""
        return self.total - self.waiting

    @property
    def share(self) -> int:
        """The answered ones in a hundred, never rounded up to all."""
        return self.answered * 100 // self.total if self.total else 0


def consultation_of(viewer: User | AnonymousUser | None, slug: str) -> ProblemConsultation | None:
    """Return the consultation of an exercise that a viewer may see."""
    seen = ProblemConsultation.objects.filter(exercise__in=Exercise.objects.visible_to(viewer), exercise__slug=slug)
    return seen.select_related("exercise").first()


def figures_of(consultation: ProblemConsultation) -> Figures:
    """Return the figures of a consultation, in one query."""
    found = consultation.problems.aggregate(
        total=Count("pk", filter=Q(status__in=SHOWN)), waiting=Count("pk", filter=WAITING)
    )
    return Figures(found["total"], found["waiting"])


def listed_problems(
    viewer: User | AnonymousUser | None, consultation: ProblemConsultation, *, theme: str = "", status: str = ""
) -> QuerySet[Problem]:
    """Return what a consultation shows, by theme and state, with how many support each; the caller orders it."""
    rows = Problem.objects.visible_to(viewer).filter(consultation=consultation)
    rows = rows.filter(theme__key=theme, status=ProblemStatus.GROUPED) if theme else rows
    return rows.filter(status=status) if status else rows


def with_supports(rows: QuerySet[Problem], order: str = "") -> QuerySet[Problem]:
    """Return problems with how many support each, the most supported first, or the latest; never two in doubt."""
    counted = rows.select_related("theme", "merged_into", "consultation__exercise").annotate(
        supported=Count("supports")
    )
    return counted.order_by("-number") if order == RECENT else counted.order_by("-supported", "number")


def problem_shown(viewer: User | AnonymousUser | None, slug: str, number: int) -> Problem | None:
    """Return a proposal that a viewer may see, with how many support it."""
    rows = Problem.objects.visible_to(viewer).filter(consultation__exercise__slug=slug, number=number)
    return with_supports(rows).first()


def problems_at_work(consultation: ProblemConsultation) -> QuerySet[Problem]:
    """Return what a consultation shows to whom answers it, what waits first; the page asks the permission."""
    rows = with_supports(consultation.problems.filter(status__in=SHOWN))
    return rows.annotate(waits=Count("pk", filter=WAITING, distinct=True)).order_by("-waits", "number")


def answerable(problem: Problem) -> QuerySet[Problem]:
    """Return the proposals to which another that says the same can be joined."""
    keeping = (ProblemStatus.PENDING, ProblemStatus.GROUPED, ProblemStatus.DECLINED)
    rows = Problem.objects.filter(consultation=problem.consultation_id, status__in=keeping)
    return rows.exclude(pk=problem.pk).order_by("number")


def waiting_consultations(person: User, day: date) -> QuerySet[ProblemConsultation]:
    """Return the consultations with proposals to answer: a liaison's are their town's, the staff's their state's."""
    towns = [role.jurisdiction_id for role in held_roles(person, day) if role.kind == RoleKind.MUNICIPAL_LIAISON]
    states = accompanied_exercises(person, day).filter(jurisdiction__kind=JurisdictionKind.STATE)
    mine = Q(exercise__jurisdiction__in=towns, exercise__archived_on__isnull=True) | Q(exercise__in=states)
    waiting = Count("problems", filter=Q(problems__status=ProblemStatus.PENDING))
    rows = ProblemConsultation.objects.filter(mine).annotate(waiting=waiting).filter(waiting__gt=0)
    return rows.select_related("exercise__jurisdiction").order_by(F("closes_at").asc(), "pk")


def token_of(problem: Problem) -> str:
    """Return the secret by which who proposed a problem opens it: no copy of the database holds it."""
    return proposals.sign(problem.code)


def problem_of(slug: str, token: str) -> Problem | None:
    """Return the proposal that a secret opens, or nothing."""
    code = _unsigned(proposals, token)
    rows = Problem.objects.filter(code=code, consultation__exercise__slug=slug)
    return with_supports(rows).first() if code else None


def address_hash(problem: Problem, email: str) -> str:
    """Return what is kept of an address that supports a problem: another for each problem, so that none are joined."""
    return salted_hmac(SALT, f"{problem.pk}:{email}", algorithm="sha256").hexdigest()


def support_token_of(problem: Problem, email: str) -> str:
    """Return the secret by which an address confirms that it supports a problem; the address is not in it."""
    return supports.sign(f"{problem.number}-{address_hash(problem, email)}")


def support_of(slug: str, token: str) -> tuple[Problem, str] | None:
    """Return the problem that a secret supports and the hash of the address, or nothing."""
    number, _, digest = _unsigned(supports, token).partition("-")
    if not number:
        return None
    rows = Problem.objects.filter(consultation__exercise__slug=slug, number=number)
    problem = with_supports(rows).first()
    return (problem, digest) if problem else None


def _unsigned(signer: Signer, token: str) -> str:
    try:
        return signer.unsign(token)
    except BadSignature:
        return ""
