"""What tests of tables stand on: a theme, a template with the method's stages, and tables made by the verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.cast import NOW, again

from tequio.accounts.enums import JurisdictionKind
from tequio.cocreation.enums import Capture, TableKind
from tequio.cocreation.models import SmallTable, Table, TableTemplate, TemplateStage, Theme
from tequio.cocreation.workflows import TablePlan, convene_table, next_stage
from tequio.exercises.enums import MethodKind
from tequio.exercises.models import Method, SourceDocument
from tequio.exercises.tests.happenings import START, details
from tequio.exercises.workflows import publish_event

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

QUESTIONS = ["¿Qué podemos hacer?", "¿Es factible el compromiso formulado?"]
STAGES = (
    ("Registro", 30, Capture.ARRIVALS),
    ("Bienvenida", 20, Capture.NOTHING),
    ("Formulación", 120, Capture.ANSWERS),
    ("Deliberación", 60, Capture.PRELIMINARY),
    ("Definitivo", 30, Capture.DEFINITIVE),
)
TOTAL = sum(minutes for _, minutes, _ in STAGES)
THAT_DAY = START - timedelta(minutes=20)
"""When the first people arrive."""


def theme_of(exercise: Exercise, name: str = "Residuos") -> Theme:
    """Write a theme that a document of the exercise approved."""
    order = exercise.themes.count() + 1
    document, _ = SourceDocument.objects.get_or_create(
        exercise=exercise, key="ruta", defaults={"title": "Ruta", "order": 1}
    )
    return Theme.objects.create(exercise=exercise, document=document, key=name.lower(), order=order, name=name)


def template_of(exercise: Exercise, kind: str = TableKind.COMMITMENT) -> TableTemplate:
    """Write a template of a method of the exercise's state, once."""
    place = exercise.jurisdiction
    state = place.parent or place
    if known := TableTemplate.objects.filter(key=f"mesa-{kind}-{state.code}").first():
        return known
    method, _ = Method.objects.get_or_create(
        key=f"metodo-{state.code}",
        defaults={
            "kind": MethodKind.METHODOLOGY,
            "name": "Metodología de Bruma",
            "state": state,
            "applies_to": JurisdictionKind.STATE,
        },
    )
    template = TableTemplate.objects.create(
        method=method,
        key=f"mesa-{kind}-{state.code}",
        kind=kind,
        name="Mesa de la metodología",
        begins="09:30",
        smallest=5,
        largest=10,
        horseshoe=25,
        groups=[],
        questions=QUESTIONS,
    )
    TemplateStage.objects.bulk_create(
        TemplateStage(template=template, order=n, name=name, minutes=minutes, captures=captures)
        for n, (name, minutes, captures) in enumerate(STAGES)
    )
    return template


def convened(exercise: Exercise, by: User, **other: Any) -> Table:
    """Convene a table as the next request would."""
    plan = {"theme": other.pop("theme", None) or theme_of(exercise), "kind": TableKind.COMMITMENT}
    if "template" not in other:
        plan["template"] = template_of(exercise)
    for name in ("template", "follows", "kind", "criteria"):
        if name in other:
            plan[name] = other.pop(name)
    told = details(name="Mesa de residuos", **other)
    return convene_table(exercise, TablePlan(**plan), told, by=again(by), at=NOW)


def announced_table(exercise: Exercise, by: User, **other: Any) -> Table:
    """Convene a table and announce it."""
    table = convened(exercise, by, **other)
    publish_event(table.event, by=again(by), at=NOW)
    return Table.objects.get(pk=table.pk)


def begun_table(exercise: Exercise, by: User, *, small: int = 2, **other: Any) -> Table:
    """Announce a table, share its room out in some small tables, and begin its first stage."""
    table = announced_table(exercise, by, **other)
    SmallTable.objects.bulk_create(
        SmallTable(table=table, number=n, key=f"{table.pk:04}-{n:05}"[:10]) for n in range(1, small + 1)
    )
    at = other["starts_at"] - timedelta(hours=2) if "starts_at" in other else THAT_DAY
    next_stage(table, seen=None, by=again(by), at=at)
    return Table.objects.get(pk=table.pk)
