"""The open data of plans: the plan, its actions, lines, who answers, what it aligns with and what does not fit in it.

Commitments and activities are declared by monitoring, which knows how they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db.models import Case, CharField, QuerySet, Value, When

from tequio.exercises.datasets import DOCUMENTS, OF_EXERCISE, exercise_of
from tequio.kernel.datasets import ForeignKey, Privacy
from tequio.kernel.tables import choice, day, joined, number, padded, period, table, text
from tequio.plans.enums import FindingKind, PlanKind, PlanState
from tequio.plans.models import ActionLine, ActionPlan, Alignment, Commitment, Finding, KeyAction, Responsible

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

    Row = TypeVar("Row", bound=Model)

OF_PLAN: Final = ForeignKey(("plan",), "planes", ("codigo",))
OF_COMMITMENT: Final = ForeignKey(("compromiso",), "compromisos", ("codigo",))
OF_ACTIVITY: Final = ForeignKey(("actividad",), "actividades", ("codigo",))
PLANS: Final = "Planes de acción publicados"
COMMITMENT: Final = text("compromiso", "commitment__code", "Código del compromiso.", required=True)


def in_seen_plans(model: type[Row]) -> Callable[[Any], QuerySet[Row]]:
    """Return the reading of a model's rows that hang from plans the viewer may see."""
    return lambda viewer: QuerySet(model).filter(plan__in=ActionPlan.objects.visible_to(viewer))


def in_seen_commitments(model: type[Row]) -> Callable[[Any], QuerySet[Row]]:
    """Return the reading of a model's rows that hang from commitments the viewer may see."""
    return lambda viewer: QuerySet(model).filter(commitment__in=Commitment.objects.visible_to(viewer))


DATASETS: Final = (
    table(
        key="planes",
        title="Planes de acción",
        description="Los planes de acción publicados, de la entidad y de sus municipios, con su vigencia y sus cortes.",
        of=ActionPlan.objects.visible_to,
        columns=(
            text("codigo", "code", "Código permanente del plan.", required=True),
            exercise_of(),
            choice("tipo", "kind", PlanKind, "Qué plan es.", required=True),
            text("titulo", "title", "Título.", required=True),
            text("subtitulo", "subtitle", "Subtítulo."),
            choice("estado", "state", PlanState, "Si está publicado.", required=True),
            text("documento", joined("exercise__slug", "document__key"), "Documento del plan.", required=True),
            day("corte", "cut_on", "Fecha de corte del último seguimiento."),
            day("siguiente_corte", "next_cut_on", "Fecha del siguiente corte."),
            number(
                "meses_entre_cortes",
                "update_frequency_months",
                "Cada cuántos meses hay corte.",
                additive=False,
                unit="meses",
            ),
            *period(),
        ),
        foreign_keys=(OF_EXERCISE, ForeignKey(("documento",), "documentos", ("clave",))),
        keywords=("planes de acción", "gobierno abierto", "compromisos"),
        source=DOCUMENTS,
        filters=("codigo", "ejercicio", "tipo", "corte"),
    ),
    table(
        key="acciones-clave",
        title="Acciones clave",
        description="Acciones clave de cada compromiso, con las fechas que da la ficha tal como las dice.",
        of=in_seen_commitments(KeyAction),
        columns=(
            text("codigo", joined("commitment__code", padded("number", 2)), "Compromiso y acción.", required=True),
            COMMITMENT,
            number("numero", "number", "Número en la ficha.", additive=False, required=True),
            text("texto", "text", "Acción, como dice la ficha."),
            text("fechas_texto", "dates_text", "Fechas de implementación, como dice la ficha."),
            *period(),
        ),
        foreign_keys=(OF_COMMITMENT,),
        keywords=("acciones clave", "compromisos", "calendario"),
        source=PLANS,
        filters=("compromiso", "inicio", "fin"),
    ),
    table(
        key="lineas",
        title="Líneas de acción",
        description="Líneas de acción de cada compromiso; sus actividades están en el conjunto «actividades».",
        of=in_seen_commitments(ActionLine),
        columns=(
            text("codigo", joined("commitment__code", padded("number", 2)), "Compromiso y línea.", required=True),
            COMMITMENT,
            number("numero", "number", "Número en la ficha.", additive=False, required=True),
            text("texto", "text", "Línea, como dice la ficha."),
        ),
        foreign_keys=(OF_COMMITMENT,),
        keywords=("líneas de acción", "compromisos", "gobierno abierto"),
        source=PLANS,
        filters=("compromiso", "numero"),
    ),
    table(
        key="responsables",
        title="Responsables",
        description="Quién responde por cada compromiso o actividad, con los datos oficiales que publica el plan.",
        of=in_seen_commitments(Responsible),
        columns=(
            text(
                "clave",
                Case(
                    When(activity__isnull=False, then=joined("activity__code", padded("order"))),
                    default=joined("commitment__code", Value("contacto"), padded("order")),
                    output_field=CharField(),
                ),
                "De qué responde y su número en la lista.",
                required=True,
            ),
            COMMITMENT,
            text("actividad", "activity__code", "Código de la actividad; vacío si es el contacto del compromiso."),
            text("organizacion", "organization__key", "Clave de la institución."),
            text("nombre", "name", "Nombre, como dice la ficha.", privacy=Privacy.OFFICIAL),
            text("cargo", "post", "Cargo, como dice la ficha.", privacy=Privacy.OFFICIAL),
            text("correo", "mail", "Correo oficial, como dice la ficha.", privacy=Privacy.OFFICIAL),
            text("telefono", "phone", "Teléfono oficial, como dice la ficha.", privacy=Privacy.OFFICIAL),
        ),
        foreign_keys=(OF_COMMITMENT, OF_ACTIVITY, ForeignKey(("organizacion",), "organizaciones", ("clave",))),
        keywords=("responsables", "contacto", "servicio público"),
        source=PLANS,
        filters=("compromiso", "actividad", "organizacion"),
    ),
    table(
        key="alineaciones",
        title="Alineaciones",
        description="Objetivos, valores y ejes que nombra cada compromiso o plan, con las palabras que usa para ellos.",
        of=in_seen_plans(Alignment),
        columns=(
            text(
                "clave",
                joined(
                    Case(
                        When(commitment__isnull=False, then="commitment__code"),
                        default="plan__code",
                        output_field=CharField(),
                    ),
                    "concept__scheme__key",
                    "concept__code",
                ),
                "Plan o compromiso y concepto.",
                required=True,
            ),
            text("plan", "plan__code", "Código del plan.", required=True),
            text("compromiso", "commitment__code", "Código del compromiso; vacío si lo dice el plan."),
            text("concepto", joined("concept__scheme__key", "concept__code"), "Clave del concepto.", required=True),
            text("nombre_citado", "quoted_name", "Nombre, como dice el documento."),
            text("lugar", "place", "Lugar del documento.", required=True),
        ),
        foreign_keys=(OF_PLAN, OF_COMMITMENT, ForeignKey(("concepto",), "conceptos", ("clave",))),
        keywords=("Agenda 2030", "alineación", "valores de gobierno abierto"),
        source=PLANS,
        filters=("plan", "compromiso", "concepto"),
    ),
    table(
        key="inconsistencias",
        title="Inconsistencias del documento",
        description="Lo que falta o se contradice en el documento de cada plan, con el lugar exacto y lo que dice.",
        of=in_seen_plans(Finding),
        columns=(
            text("clave", joined("plan__code", padded("order")), "Plan y número.", required=True),
            text("plan", "plan__code", "Código del plan.", required=True),
            text("compromiso", "commitment__code", "Código del compromiso, si es de uno."),
            text("actividad", "activity_code", "Código de la actividad, si es de una."),
            text("regla", "rule", "Regla que la encontró.", required=True),
            choice("tipo", "kind", FindingKind, "Qué pasa.", required=True),
            text("lugar", "place", "Lugar del documento.", required=True),
            text("dice", "says", "Lo que dice."),
            text("problema", "problem", "Qué se encontró.", required=True),
            text("contra", "against", "Contra qué se comparó."),
        ),
        foreign_keys=(OF_PLAN, OF_COMMITMENT),
        keywords=("calidad del documento", "contradicciones", "transparencia"),
        source="Comprobaciones automáticas sobre los planes publicados",
        filters=("plan", "compromiso", "regla", "tipo"),
    ),
)
