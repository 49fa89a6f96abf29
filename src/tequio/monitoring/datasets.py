"""The open data of follow-up: commitments and activities as they stand, and each voice's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import MD5, Left

from tequio.kernel.datasets import ForeignKey
from tequio.kernel.tables import choice, day, flag, if_any, joined, link, number, padded, period, table, text
from tequio.monitoring.enums import ActivityState, Completion, ReportedState, Verdict, Voice
from tequio.monitoring.models import Evidence, Judgement, ProgressReport
from tequio.plans.datasets import OF_ACTIVITY, OF_COMMITMENT, OF_PLAN, PLANS
from tequio.plans.enums import ActivityLevel, CommitmentKind
from tequio.plans.models import Activity, Commitment

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

    from tequio.kernel.tables import Read

    Row = TypeVar("Row", bound=Model)

FOLLOW_UP: Final = "Seguimiento que las instituciones, la sociedad civil y el comité publican en este sitio"
ACTIVITY: Final = text("actividad", "activity__code", "Código de la actividad.", required=True)
WHO: Final = ForeignKey(("organizacion",), "organizaciones", ("clave",))


def of_seen_activities(model: type[Row]) -> Callable[[Any], QuerySet[Row]]:
    """Return the reading of what is said of the activities that the viewer may see."""
    return lambda viewer: QuerySet(model).filter(activity__in=Activity.objects.visible_to(viewer))


def count(name: str, of: str, description: str) -> Read:
    """Return a column that counts activities or evidence, which may be added up."""
    return number(name, of, description, additive=True)


COMMITMENTS: Final = table(
    key="compromisos",
    title="Compromisos",
    description="Cada compromiso con los textos de su ficha y cómo va: el avance se calcula, nadie lo escribe.",
    of=Commitment.objects.visible_to,
    columns=(
        text("codigo", "code", "Código permanente del compromiso.", required=True),
        text("plan", "plan__code", "Código del plan.", required=True),
        number("numero", "number", "Número en el plan.", additive=False, required=True),
        choice("origen", "kind", CommitmentKind, "Cómo nació.", required=True),
        text("nombre", "name", "Nombre en la ficha."),
        text("nombre_en_lista", "listed_name", "Nombre en la lista de compromisos."),
        text("eje", "axis", "Eje, como dice el documento."),
        text("responsable", "responsible__key", "Clave de la institución responsable.", required=True),
        text("tematica", if_any("theme", joined("plan__exercise__slug", "theme__key")), "Clave de la temática."),
        text("arbol", if_any("problem_tree", joined("plan__exercise__slug", "problem_tree__key")), "Clave del árbol."),
        *(
            text(name, of, f"«{question}», como dice la ficha.")
            for name, of, question in (
                ("promesa", "promise", "Nos comprometemos a"),
                ("ayuda_a_resolver", "helps_to_solve", "El compromiso ayuda a resolver"),
                ("permitira", "will_allow", "El compromiso permitirá"),
                ("descripcion", "description", "En qué consiste"),
                ("contribucion", "contribution", "De qué forma contribuirá a resolver el problema"),
                ("poblacion_objetivo", "target_population", "Población objetivo"),
                ("relevancia", "relevance", "Por qué es relevante"),
                ("agenda_2030_texto", "agenda_2030", "Cómo contribuye a la Agenda 2030"),
                ("perspectiva_de_genero", "gender", "Perspectiva de género"),
                ("resultados_esperados", "expected_results", "Resultados esperados"),
            )
        ),
        *period(),
        choice("avance", "standing__completion", Completion, "Avance calculado, en la escala internacional."),
        choice("nivel_contado", "standing__level", ActivityLevel, "Qué actividades se cuentan."),
        count("actividades", "standing__total", "Actividades que el documento llena."),
        count("actividades_sin_llenar", "standing__blank", "Actividades que el documento deja en plantilla."),
        count("reportadas", "standing__reported", "Actividades con reporte."),
        count("reportadas_terminadas", "standing__reported_done", "Actividades reportadas como terminadas."),
        count("con_evidencia", "standing__with_evidence", "Actividades con evidencia."),
        count("validadas", "standing__validated", "Actividades con evidencia validada."),
        count("objetadas", "standing__objected", "Actividades con evidencia objetada."),
        count("evidencias", "standing__evidence_count", "Evidencias publicadas."),
        day("ultima_evidencia", "standing__last_evidence_on", "Fecha de la última evidencia."),
        day("ultimo_reporte", "standing__last_report_on", "Fecha del último reporte."),
        day("siguiente_vencimiento", "standing__next_due_on", "Fin más próximo de lo que falta."),
    ),
    foreign_keys=(
        OF_PLAN,
        ForeignKey(("responsable",), "organizaciones", ("clave",)),
        ForeignKey(("tematica",), "tematicas", ("clave",)),
        ForeignKey(("arbol",), "arboles", ("clave",)),
    ),
    keywords=("compromisos", "seguimiento", "avance"),
    source=PLANS,
    filters=(
        "codigo",
        "plan",
        "origen",
        "nombre",
        "responsable",
        "tematica",
        "avance",
        "ultima_evidencia",
        "inicio",
        "fin",
    ),
)

ACTIVITIES: Final = table(
    key="actividades",
    title="Actividades",
    description="Cada actividad de cada compromiso, con sus fechas como constan y lo último que dijo cada voz.",
    of=Activity.objects.visible_to,
    columns=(
        text("codigo", "code", "Código permanente de la actividad.", required=True),
        text("compromiso", "commitment__code", "Código del compromiso.", required=True),
        choice("nivel", "level", ActivityLevel, "De qué lista de la ficha es.", required=True),
        text("linea", if_any("line", joined("commitment__code", padded("line__number", 2))), "Código de la línea."),
        number("orden", "order", "Lugar en su lista.", additive=False, required=True),
        text("numeracion", "label", "Numeración, como dice el documento."),
        text("titulo", "title", "Actividad, como dice el documento."),
        text("descripcion", "description", "Descripción u objetivo, como dice el documento."),
        text("medio_de_verificacion", "verification", "Medio de verificación, como dice el documento."),
        *period(),
        choice("estado", "standing__state", ActivityState, "Estado calculado."),
        flag("sin_llenar", "standing__is_blank", "Si el documento no dice cuál es la actividad."),
        day("ultimo_reporte", "standing__reported_on", "Fecha del último reporte de la institución."),
        text(
            "evidencia",
            Case(
                When(standing__evidence_count__gt=0, then=Value("con")),
                default=Value("sin"),
                output_field=CharField(),
            ),
            "Si tiene alguna evidencia publicada.",
            values=("con", "sin"),
            required=True,
        ),
        count("evidencias", "standing__evidence_count", "Evidencias publicadas."),
        day("ultima_evidencia", "standing__last_evidence_on", "Fecha de la última evidencia."),
        choice("juicio_sociedad_civil", "standing__civil_society", Verdict, "Último juicio de la sociedad civil."),
        choice("juicio_comite", "standing__committee", Verdict, "Último juicio del comité de seguimiento."),
    ),
    foreign_keys=(OF_COMMITMENT, ForeignKey(("linea",), "lineas", ("codigo",))),
    keywords=("actividades", "hoja de ruta", "seguimiento"),
    source=PLANS,
    filters=(
        *("codigo", "compromiso", "nivel", "linea", "titulo", "inicio", "fin", "estado", "evidencia", "sin_llenar"),
        *("evidencias", "ultima_evidencia", "juicio_sociedad_civil", "juicio_comite"),
    ),
)

DATASETS: Final = (
    COMMITMENTS,
    ACTIVITIES,
    table(
        key="reportes",
        title="Reportes de avance",
        description="Lo que la institución responsable dijo de cada actividad en cada fecha; cuenta el último.",
        of=of_seen_activities(ProgressReport),
        columns=(
            text("clave", joined("activity__code", "reported_on"), "Actividad y fecha.", required=True),
            ACTIVITY,
            text("organizacion", "organization__key", "Clave de quien reporta.", required=True),
            choice("estado", "state", ReportedState, "Estado que reporta.", required=True),
            text("relato", "account", "Qué hicieron."),
            day("fecha", "reported_on", "Fecha del reporte.", required=True),
        ),
        foreign_keys=(OF_ACTIVITY, WHO),
        keywords=("avance", "reportes", "rendición de cuentas"),
        source=FOLLOW_UP,
        filters=("actividad", "organizacion", "estado", "fecha"),
    ),
    table(
        key="evidencias",
        title="Evidencias",
        description="Documentos o direcciones públicas que muestran lo que hizo una actividad, con fecha y origen.",
        of=of_seen_activities(Evidence),
        columns=(
            text(
                "clave",
                joined("activity__code", Left(MD5("title"), 12)),
                "Código de la actividad y huella de su título (las 12 primeras cifras del MD5).",
                required=True,
            ),
            ACTIVITY,
            text("titulo", "title", "Título.", required=True),
            link("publicada_en", "url", "Dónde está publicada."),
            text("huella_sha256", "sha256", "Huella SHA-256 del archivo, si es un archivo."),
            day("fecha", "dated_on", "Fecha de la evidencia.", required=True),
            text("origen", "origin", "De dónde viene.", required=True),
            text("licencia", "licence", "Licencia, si consta."),
        ),
        foreign_keys=(OF_ACTIVITY,),
        keywords=("evidencias", "medios de verificación", "seguimiento"),
        source=FOLLOW_UP,
        filters=("actividad", "titulo", "fecha", "origen"),
    ),
    table(
        key="juicios",
        title="Juicios sobre la evidencia",
        description="Lo que la sociedad civil y el comité dicen de cada actividad, con su razón cuando la objetan.",
        of=of_seen_activities(Judgement),
        columns=(
            text("clave", joined("activity__code", "voice", "judged_on"), "Actividad, voz y fecha.", required=True),
            ACTIVITY,
            choice("voz", "voice", Voice, "Quién juzga.", required=True),
            text("organizacion", "organization__key", "Clave de la organización que juzga."),
            choice("juicio", "verdict", Verdict, "Qué juzga.", required=True),
            text("razon", "reason", "Por qué."),
            day("fecha", "judged_on", "Fecha del juicio.", required=True),
        ),
        foreign_keys=(OF_ACTIVITY, WHO),
        keywords=("comité de seguimiento", "sociedad civil", "validación"),
        source=FOLLOW_UP,
        filters=("actividad", "voz", "organizacion", "juicio", "fecha"),
    ),
)
