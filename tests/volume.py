"""A whole state at work, made in bulk: for query counts, page weights and the benchmark.

    from tests.volume import fill
    fill(plans=126, commitments=8, activities=6)

Half of the exercises are running, half closed; one in three commitments has evidence; every fourth running one
is late on DAY. Names are invented and as long as real ones.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tequio.accounts.enums import JurisdictionKind, OrganizationKind
from tequio.accounts.models import Jurisdiction, Organization
from tequio.cocreation.models import Theme
from tequio.exercises.enums import DocumentKind, ExerciseState
from tequio.exercises.models import Exercise, SourceDocument
from tequio.kernel.editionstamp import drop_all
from tequio.monitoring.enums import ActivityState, Completion, ReportedState
from tequio.monitoring.models import ActivityStanding, CommitmentStanding, Evidence, ProgressReport
from tequio.plans.enums import ActivityLevel, CommitmentKind, PlanKind, PlanState
from tequio.plans.models import ActionPlan, Activity, Commitment

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY: Final = dt.date(2026, 11, 20)
THEMES: Final = ("Agua y suelo", "Movilidad y caminos", "Cocinas escolares", "Contrataciones abiertas")
SCALE: Final = tuple(Completion)


def fill(*, plans: int = 126, commitments: int = 8, activities: int = 6) -> None:
    """Write that many published plans, each with that many commitments of that many activities, and their standings."""
    state = Jurisdiction.objects.create(
        kind=JurisdictionKind.STATE, code="98", name="Estado de las Medidas", slug="medidas"
    )
    places = Jurisdiction.objects.bulk_create(
        Jurisdiction(
            kind=JurisdictionKind.MUNICIPALITY,
            code=f"98{n:03}",
            electoral_code=str(n),
            name=f"San Bartolomé de las Cuentas {n}",
            slug=f"san-bartolome-{n}",
            parent=state,
            tile_column=n % 16,
            tile_row=n // 16,
        )
        for n in range(1, plans + 1)
    )
    bodies = Organization.objects.bulk_create(
        Organization(
            key=f"ayto-medidas-{n}",
            kind=OrganizationKind.PUBLIC_BODY,
            name=f"Ayuntamiento de {place.name}",
            jurisdiction=place,
        )
        for n, place in enumerate(places, 1)
    )
    made = _plans(places)
    themes = Theme.objects.bulk_create(
        Theme(exercise=plan.exercise, document=plan.document, key=f"tema-{n}", order=n, name=name)
        for plan in made
        for n, name in enumerate(THEMES, 1)
    )
    promised = Commitment.objects.bulk_create(
        Commitment(
            plan=plan,
            number=n,
            code=f"{plan.code}-{n:02}",
            kind=CommitmentKind.COCREATED,
            body_order=n,
            name=f"Cuentas claras sobre cada obra pública que se acuerda con la vecindad, parte {n}",
            responsible=bodies[at],
            theme=themes[len(THEMES) * at + n % len(THEMES)],
            ends_on=DAY,
            ends_precision="day",
        )
        for at, plan in enumerate(made)
        for n in range(1, commitments + 1)
    )
    _follow(promised, activities)
    drop_all(at=dt.datetime.now(dt.UTC))  # as a publication does


def _plans(places: Sequence[Jurisdiction]) -> list[ActionPlan]:
    """Write an exercise, its document and its published plan for each place."""
    exercises = Exercise.objects.bulk_create(
        Exercise(
            slug=f"medidas-{n}",
            name=f"Ejercicio Municipal de Gobierno Abierto de {place.name}",
            jurisdiction=place,
            first_year=2024,
            last_year=2026,
            state=ExerciseState.OPEN if n % 2 else ExerciseState.CLOSED,
        )
        for n, place in enumerate(places, 1)
    )
    documents = SourceDocument.objects.bulk_create(
        SourceDocument(exercise=exercise, key="plan", kind=DocumentKind.PLAN, title=f"Plan de {exercise.name}")
        for exercise in exercises
    )
    return ActionPlan.objects.bulk_create(
        ActionPlan(
            exercise=exercise,
            document=document,
            kind=PlanKind.PAM,
            code=f"MED{n}",
            title="Plan de Acción Municipal",
            state=PlanState.PUBLISHED,
            cut_on=DAY - dt.timedelta(days=n),
        )
        for n, (exercise, document) in enumerate(zip(exercises, documents, strict=True), 1)
    )


def _follow(promised: Sequence[Commitment], activities: int) -> None:
    """Write the activities, what was reported and proved of them, and where each stands."""
    done = Activity.objects.bulk_create(
        Activity(
            commitment=commitment,
            level=ActivityLevel.COMMITMENT,
            order=n,
            code=f"{commitment.code}-A{n}",
            title=f"Publicar el avance mensual de la obra {n} con su costo y sus fotografías",
            ends_on=DAY + dt.timedelta(days=n * 10),
            ends_precision="day",
        )
        for commitment in promised
        for n in range(1, activities + 1)
    )
    proved = [row for n, row in enumerate(done) if (n // activities) % 3 == 0]
    ProgressReport.objects.bulk_create(
        ProgressReport(
            activity=row,
            organization_id=row.commitment.responsible_id,
            state=ReportedState.DONE,
            account="Se publicó con su costo.",
            reported_on=DAY - dt.timedelta(days=n % 300),
        )
        for n, row in enumerate(proved)
    )
    Evidence.objects.bulk_create(
        Evidence(activity=row, title="Avance del mes", url="https://example.mx/a", dated_on=DAY, origin="Ayuntamiento")
        for row in proved
    )
    _stand(promised, done, {row.pk for row in proved}, activities)


def _stand(promised: Sequence[Commitment], done: Sequence[Activity], proved: set[int], activities: int) -> None:
    """Write standings that agree with what was reported."""
    ActivityStanding.objects.bulk_create(
        ActivityStanding(
            activity=row,
            state=ActivityState.REPORTED_DONE if row.pk in proved else ActivityState.NOT_STARTED,
            is_blank=False,
            reported_on=DAY if row.pk in proved else None,
            evidence_count=int(row.pk in proved),
            last_evidence_on=DAY if row.pk in proved else None,
            civil_society="validated" if row.pk in proved and row.order % 2 else "",
        )
        for row in done
    )
    CommitmentStanding.objects.bulk_create(
        CommitmentStanding(
            commitment=commitment,
            completion=SCALE[n % len(SCALE)],
            level=ActivityLevel.COMMITMENT,
            total=activities,
            blank=0,
            reported=activities if n % 3 == 0 else 0,
            reported_done=activities if n % 3 == 0 else 0,
            with_evidence=activities if n % 3 == 0 else 0,
            validated=0,
            objected=0,
            evidence_count=activities if n % 3 == 0 else 0,
            last_evidence_on=DAY if n % 3 == 0 else None,
            last_report_on=DAY if n % 3 == 0 else None,
            next_due_on=DAY + dt.timedelta(days=-5 if n % 4 == 0 else 10),
        )
        for n, commitment in enumerate(promised)
    )
