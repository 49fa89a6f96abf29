"""The final definition of a table's commitment, with which it enters the plan of its exercise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max

from tequio.accounts.enums import JurisdictionKind
from tequio.cocreation.queries.viability import table_with_path
from tequio.cocreation.workflows import end_review
from tequio.exercises.models import Exercise
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused
from tequio.plans.enums import DEFINE_COMMITMENT, ActorSector, CommitmentKind, PlanKind, PlanState
from tequio.plans.models import ActionPlan, Commitment, OtherActor

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import Organization, User
    from tequio.cocreation.models import Table

LONGEST_NAME: Final = 300
LONGEST_PROMISE: Final = 4_000


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a commitment says when it enters the plan, who answers for it, and with whom."""

    name: str
    promise: str
    responsible: Organization
    others: tuple[Organization, ...] = ()
    counterpart: str = ""


@transaction.atomic
def define_commitment(table: Table, definition: Definition, *, by: User | AnonymousUser, at: datetime) -> Commitment:
    """Write a table's commitment into the draft plan of its exercise, once its three verdicts let it (CO-08)."""
    exercise = Exercise.objects.select_for_update(no_key=True).get(pk=table.exercise.pk)
    if not by.has_perm(DEFINE_COMMITMENT, exercise):
        raise Refused("Tu cuenta no define compromisos en este ejercicio.")
    if Commitment.objects.filter(table=table).exists():
        raise Refused("El compromiso de esta mesa ya se definió. Está en la lista de compromisos del plan.")
    name, promise = " ".join(definition.name.split()), definition.promise.replace("\r\n", "\n").strip()
    if not name or not promise:
        raise Refused("Escribe el nombre del compromiso y a qué se comprometen.")
    if len(name) > LONGEST_NAME or len(promise) > LONGEST_PROMISE:
        raise Refused(f"El nombre cabe en {LONGEST_NAME} letras y el compromiso en {LONGEST_PROMISE:,}.")
    plan = plan_of(exercise)
    row = end_review(table, by=by, at=at)
    number = (plan.commitments.aggregate(last=Max("number"))["last"] or 0) + 1
    text = table_with_path(row).text
    commitment = Commitment.objects.create(
        plan=plan,
        number=number,
        body_order=(plan.commitments.aggregate(last=Max("body_order"))["last"] or 0) + 1,
        code=f"{plan.code}-{number:02}",
        kind=CommitmentKind.COCREATED,
        table=row,
        name=name,
        promise=promise,
        responsible=definition.responsible,
        theme=row.theme,
        problem_tree=row.theme.problem_trees.settled().order_by("order").last(),
        proposal_title=text.title if text else "",
        proposal_text=text.text if text else "",
        proposal_objective=text.long_term_objective if text else "",
    )
    others = [other for other in dict.fromkeys(definition.others) if other != definition.responsible]
    actors = [OtherActor(sector=ActorSector.AGENCIES, organization=other, text=other.name) for other in others]
    if counterpart := " ".join(definition.counterpart.split())[:300]:
        actors.append(OtherActor(sector=ActorSector.CIVIL_SOCIETY, text=counterpart))
    for actor in actors:
        actor.commitment = commitment
    OtherActor.objects.bulk_create(actors)
    told = {"commitment": commitment.code, "table": row.code, "responsible": definition.responsible.key}
    record("plans.commitment_defined", f"plans.Commitment:{commitment.code}", told, by=None, at=at)
    return commitment


def plan_of(exercise: Exercise) -> ActionPlan:
    """Return the draft plan of an exercise, its row locked by the caller, begun if there is none."""
    found = ActionPlan.objects.filter(exercise=exercise).first()
    if found is not None:
        if found.state != PlanState.DRAFT:
            raise Refused(
                "El plan de este ejercicio ya se publicó: un compromiso nuevo entra con una modificación suya."
            )
        return found
    place = exercise.jurisdiction
    kind = PlanKind.PAL if place.kind == JurisdictionKind.STATE else PlanKind.PAM
    base = f"{kind.value.upper()}{place.code}-{exercise.first_year}"
    taken = set(ActionPlan.objects.filter(code__startswith=base).values_list("code", flat=True))
    code = next(name for n in range(1, len(taken) + 2) if (name := base if n == 1 else f"{base}-{n}") not in taken)
    title = f"{kind.label} de {place.name} {exercise.first_year}-{exercise.last_year}"[:200]
    return ActionPlan.objects.create(exercise=exercise, kind=kind, code=code, title=title)
