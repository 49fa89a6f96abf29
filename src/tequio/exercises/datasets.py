"""The open data of exercises: their phases, acts, registered members and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from tequio.accounts.datasets import municipality
from tequio.accounts.enums import Sector
from tequio.exercises.enums import (
    AttendeeState,
    CallKind,
    DocumentKind,
    EventKind,
    EventMode,
    EventState,
    ExerciseState,
    PhaseState,
)
from tequio.exercises.models import Attendee, Call, Event, Exercise, Phase, Registration, SourceDocument
from tequio.kernel.datasets import ForeignKey
from tequio.kernel.tables import choice, instant, joined, link, number, padded, period, table, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

    Row = TypeVar("Row", bound=Model)

OF_EXERCISE: Final = ForeignKey(("ejercicio",), "ejercicios", ("clave",))
DOCUMENTS: Final = "Documentos públicos del ejercicio"
SECTORS: Final = (
    ("organo_garante", Sector.GUARANTOR),
    ("entes_publicos", Sector.PUBLIC_BODIES),
    ("sociedad_civil", Sector.CIVIL_SOCIETY),
    ("ciudadania", Sector.CITIZENS),
)
WHERE_IT_SAYS: Final = text("fuente", "source", "Lugar del documento que lo dice.")


def exercise_of(path: str = "exercise") -> Any:
    """Return the column that says which exercise a row is of."""
    return text("ejercicio", f"{path}__slug", "Clave del ejercicio.", required=True)


def in_seen_exercises(model: type[Row], path: str = "exercise") -> Callable[[Any], QuerySet[Row]]:
    """Return the reading of a model's rows that hang from exercises the viewer may see."""
    return lambda viewer: QuerySet(model).filter(**{f"{path}__in": Exercise.objects.visible_to(viewer)})


def counted(**arrived: Any) -> Case:
    """Return how many attendees of an event there are; only once it was held, when the figure no longer moves."""
    came = Attendee.objects.filter(event=OuterRef("pk"), state=AttendeeState.CONFIRMED, **arrived)
    count = came.order_by().values("event").annotate(count=Count("pk")).values("count")
    whole = Coalesce(Subquery(count), Value(0), output_field=IntegerField())
    return Case(When(state=EventState.HELD, then=whole), output_field=IntegerField())


DATASETS: Final = (
    table(
        key="ejercicios",
        title="Ejercicios de gobierno abierto",
        description="Cada ejercicio de gobierno abierto, estatal o municipal, con sus años y su estado.",
        of=Exercise.objects.visible_to,
        columns=(
            text("clave", "slug", "Clave permanente del ejercicio, la de su dirección.", required=True),
            text("nombre", "name", "Nombre.", required=True),
            text("municipio", municipality("jurisdiction__"), "Clave del municipio; vacía si es estatal."),
            text("lugar", "jurisdiction__name", "Nombre del lugar.", required=True),
            number("primer_ano", "first_year", "Primer año.", additive=False, unit="año", required=True),
            number("ultimo_ano", "last_year", "Último año.", additive=False, unit="año", required=True),
            choice("estado", "state", ExerciseState, "Cómo va el ejercicio.", required=True),
            text("resumen", "summary", "El ejercicio en pocas palabras."),
        ),
        foreign_keys=(ForeignKey(("municipio",), "municipios", ("clave",)),),
        keywords=("gobierno abierto", "participación", "ejercicios locales"),
        source=DOCUMENTS,
        filters=("clave", "municipio", "primer_ano", "ultimo_ano", "estado"),
    ),
    table(
        key="fases",
        title="Fases de los ejercicios",
        description="Las fases de cada ejercicio: para qué, qué, cuándo, quiénes y cómo, según sus documentos.",
        of=in_seen_exercises(Phase),
        columns=(
            text("clave", joined("exercise__slug", padded("order")), "Ejercicio y número de fase.", required=True),
            exercise_of(),
            number("orden", "order", "Lugar de la fase.", additive=False, required=True),
            text("nombre", "name", "Nombre.", required=True),
            text("objetivo", "objective", "Objetivo."),
            text("producto", "product", "Producto esperado."),
            text("personas", "people", "Personas involucradas."),
            text("actividades", "activities", "Actividades de la fase."),
            choice("estado", "state", PhaseState, "Si ya se hizo.", required=True),
            *period(),
            WHERE_IT_SAYS,
        ),
        foreign_keys=(OF_EXERCISE,),
        keywords=("fases", "metodología", "calendario"),
        source=DOCUMENTS,
        filters=("ejercicio", "estado", "inicio", "fin"),
    ),
    table(
        key="eventos",
        title="Eventos",
        description=(
            "Foros, capacitaciones, diálogos y firmas de cada ejercicio: cuándo, dónde, cuántas personas y qué salió. "
            "Las cuentas de lo organizado aquí salen de los registros de llegada, nunca se escriben a mano."
        ),
        of=Event.objects.of_exercises_seen,
        columns=(
            text("clave", joined("exercise__slug", "slug"), "Ejercicio y evento.", required=True),
            exercise_of(),
            choice("tipo", "kind", EventKind, "Qué clase de acto es.", required=True),
            text("nombre", "name", "Nombre.", required=True),
            choice("estado", "state", EventState, "Si consta en un documento o cómo va lo organizado aquí."),
            *period(),
            text("hora_texto", "time_text", "Hora, como dice el documento o como se anunció."),
            instant("empieza", "starts_at", "Cuándo empieza, si se organizó aquí."),
            instant("termina", "ends_at", "Cuándo termina, si se organizó aquí."),
            choice("modalidad", "mode", EventMode, "Cómo se participa, si se organizó aquí."),
            text("lugar", "place", "Lugar."),
            number("cupo", "capacity", "Cuántas personas caben; vacío si no hay límite.", additive=False),
            number("registradas", counted(), "Personas con lugar, de un evento ya realizado.", additive=True),
            number("asistieron", counted(arrived_at__isnull=False), "Personas que llegaron.", additive=True),
            *(
                number(
                    f"asistieron_{word}",
                    counted(arrived_at__isnull=False, sector=sector),
                    f"Personas que llegaron y dijeron venir de: {sector.label}.",
                    additive=True,
                )
                for word, sector in SECTORS
            ),
            text("asistencia", "attendance", "Quiénes asistieron, como dice el documento."),
            text("relato", "account", "Qué pasó, como dice el documento o la relatoría."),
            link("grabacion", "recording_url", "Grabación."),
            WHERE_IT_SAYS,
        ),
        foreign_keys=(OF_EXERCISE,),
        keywords=("eventos", "foros", "diálogos"),
        source=DOCUMENTS,
        filters=("ejercicio", "tipo", "nombre", "estado", "modalidad", "inicio", "fin"),
    ),
    table(
        key="convocatorias",
        title="Convocatorias",
        description="Convocatorias públicas de cada ejercicio: a qué invitan y qué días estuvieron abiertas.",
        of=lambda viewer: QuerySet(Call).filter(pk__in=Call.objects.visible_to(viewer).order_by().values("pk")),
        columns=(
            text("clave", joined("exercise__slug", padded("order")), "Ejercicio y convocatoria.", required=True),
            exercise_of(),
            choice("tipo", "kind", CallKind, "A qué invita.", required=True),
            text("titulo", "title", "Título.", required=True),
            text("resultado", "outcome", "Qué salió de ella."),
            link("publicada_en", "url", "Dónde se publicó."),
            *period(),
            WHERE_IT_SAYS,
        ),
        foreign_keys=(OF_EXERCISE,),
        keywords=("convocatorias", "participación", "gobierno abierto"),
        source=DOCUMENTS,
        filters=("ejercicio", "tipo", "inicio", "fin"),
    ),
    table(
        key="miembros",
        title="Miembros inscritos",
        description="Quién se inscribió en cada ejercicio, por sector. Las personas ciudadanas se cuentan sin nombre.",
        of=in_seen_exercises(Registration),
        columns=(
            text("clave", joined("exercise__slug", padded("order")), "Ejercicio e inscripción.", required=True),
            exercise_of(),
            choice("sector", "sector", Sector, "Sector en que se inscribió.", required=True),
            text("organizacion", "organization__key", "Clave de la organización."),
            text(
                "nombre_publicado",
                "published_name",
                "Nombre de la organización, como dice el documento; vacío si es una persona.",
            ),
        ),
        foreign_keys=(OF_EXERCISE, ForeignKey(("organizacion",), "organizaciones", ("clave",))),
        keywords=("miembros", "sectores", "participación"),
        source=DOCUMENTS,
        filters=("ejercicio", "sector", "organizacion"),
    ),
    table(
        key="documentos",
        title="Documentos de los ejercicios",
        description="Documentos públicos en que se apoya cada ejercicio, con su fecha y dónde se publicaron.",
        of=in_seen_exercises(SourceDocument),
        columns=(
            text("clave", joined("exercise__slug", "key"), "Ejercicio y documento.", required=True),
            exercise_of(),
            choice("tipo", "kind", DocumentKind, "Qué documento es.", required=True),
            text("titulo", "title", "Título.", required=True),
            text("aprobado_por", "approved_by", "Quién lo aprobó."),
            link("publicado_en", "url", "Dónde se publicó."),
            text("nota", "note", "Nota."),
            *period(),
        ),
        foreign_keys=(OF_EXERCISE,),
        keywords=("documentos", "planes", "metodología"),
        source=DOCUMENTS,
        filters=("ejercicio", "tipo", "titulo"),
    ),
)
