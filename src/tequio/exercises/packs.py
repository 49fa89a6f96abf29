"""How an exercise is written in a pack: `planes/<ejercicio>/ejercicio.yaml`."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import JurisdictionKind, Sector
from tequio.exercises.enums import CallKind, Counted, DocumentKind, EventKind, ExerciseState, MethodKind, PhaseState
from tequio.exercises.workflows import load_exercises, load_methods
from tequio.kernel.packs.fields import Choice, Day, Integer, Reference, Slug, Text, Url
from tequio.kernel.packs.loading import Part
from tequio.kernel.packs.moments import moment
from tequio.kernel.packs.schema import Document, Listing, Section, forward

LONG: Final = 20_000


def organization(name: str = "organizacion", *, required: bool = False) -> Reference:
    """Return a reference to an organization of the pack."""
    return Reference(name, to=("organizaciones.csv",), key="clave", required=required)


EXERCISE: Final = Section(
    "ejercicio",
    required=True,
    fields=(
        Slug("clave", required=True, max_length=80),
        Text("nombre", required=True, max_length=200),
        Reference("lugar", to=("estado.csv", "municipios.csv"), key="cve_inegi", required=True),
        Integer("desde", required=True, minimum=1990, maximum=2100),
        Integer("hasta", required=True, minimum=1990, maximum=2100),
        Choice("estado", choices=ExerciseState, required=True),
        Text("resumen", max_length=LONG),
    ),
)
GUARANTORS: Final = Listing(
    "garantes", of=Section("garante", fields=(organization(required=True), Day("desde"), Day("hasta")))
)
DOCUMENTS: Final = Listing(
    "documentos",
    required=True,
    unique=("clave",),
    of=Section(
        "documento",
        fields=(
            Slug("clave", required=True),
            Choice(
                "tipo",
                choices=DocumentKind,
                required=True,
                words={
                    "plan": DocumentKind.PLAN,
                    "declaracion": DocumentKind.DECLARATION,
                    "otro": DocumentKind.OTHER,
                },
            ),
            Text("titulo", required=True),
            moment("fecha"),
            Text("aprobado_por"),
            Url("url"),
            Text("nota", max_length=LONG),
        ),
    ),
)
PHASES: Final = Listing(
    "fases",
    of=Section(
        "fase",
        fields=(
            Text("nombre", required=True, max_length=200),
            Text("objetivo", max_length=LONG),
            Text("producto", max_length=LONG),
            moment("fecha"),
            Text("personas", max_length=LONG),
            Text("actividades", max_length=LONG),
            Choice("estado", choices=PhaseState),
            Text("fuente"),
        ),
    ),
)
CALLS: Final = Listing(
    "convocatorias",
    of=Section(
        "convocatoria",
        fields=(
            Choice(
                "tipo",
                choices=CallKind,
                required=True,
                words={
                    "participar": CallKind.PARTICIPATION,
                    "facilitar": CallKind.FACILITATOR,
                    "evento": CallKind.EVENT,
                    "suplente": CallKind.SUBSTITUTE,
                    "ampliar": CallKind.WIDENING,
                },
            ),
            Text("titulo", required=True),
            moment("inicio"),
            moment("fin"),
            Text("resultado", max_length=LONG),
            Url("url"),
            Text("fuente"),
        ),
    ),
)
MEMBERS: Final = Listing(
    "miembros",
    of=Section(
        "miembro",
        fields=(
            Choice("sector", choices=Sector, required=True),
            organization(),
            Text("dice"),
            Text("rotulo", max_length=120),
        ),
    ),
)
EVENTS: Final = Listing(
    "eventos",
    unique=("clave",),
    of=Section(
        "evento",
        fields=(
            Slug("clave", required=True, max_length=80),
            Choice(
                "tipo",
                choices=EventKind,
                required=True,
                words={
                    "carta": EventKind.LETTER,
                    "declaracion": EventKind.DECLARATION,
                    "dialogo": EventKind.OPEN_DIALOGUE,
                    "mesa": EventKind.TABLE,
                    "presentacion": EventKind.LAUNCH,
                    "otro": EventKind.OTHER,
                },
            ),
            Text("nombre", required=True),
            moment("fecha"),
            Text("hora", max_length=60),
            Text("lugar", max_length=500),
            Text("asistencia", max_length=LONG),
            Text("relato", max_length=LONG),
            Text("invitacion", max_length=LONG),
            Url("grabacion"),
            Url("registro"),
            Text("fuente"),
        ),
    ),
)
STATEMENTS: Final = Listing(
    "afirmaciones",
    of=Section(
        "afirmacion",
        fields=(
            Reference("documento", key="documentos.clave", required=True),
            Text("asunto", required=True, max_length=200),
            Text("valor", required=True),
            Listing("sumandos", of=Text("sumando", pattern="[0-9]+", shape="un número")),
            Choice("cuenta", choices=Counted),
            Text("lugar", required=True, max_length=200),
            Text("cita", required=True, max_length=LONG),
            Text("nota", max_length=LONG),
        ),
    ),
)
EXERCISE_DOCUMENT: Final = Document(
    (EXERCISE, GUARANTORS, DOCUMENTS, PHASES, CALLS, MEMBERS, EVENTS, STATEMENTS),
    file="planes/*/ejercicio.yaml",
    required=False,
)
METHOD_DOCUMENT: Final = Document(
    (
        Slug("clave", required=True),
        Choice("tipo", choices=MethodKind, required=True),
        Text("nombre", required=True),
        Reference("estado", to=("estado.csv",), key="cve_inegi", required=True),
        Choice("rige_a", choices=JurisdictionKind, required=True),
        Text("aprobado_por"),
        Day("rige_desde"),
        Day("rige_hasta"),
        Url("url"),
        Text("fuente", max_length=500),
        Listing(
            "fases",
            required=True,
            of=Section(
                "fase",
                fields=(
                    Text("nombre", required=True, max_length=200),
                    Text("objetivo", max_length=LONG),
                    Text("producto", max_length=LONG),
                    Text("cuando"),
                    Text("personas", max_length=LONG),
                    Text("actividades", max_length=LONG),
                    Listing("pide", of=Slug("requisito")),
                    Text("fuente"),
                ),
            ),
        ),
    ),
    file="metodos/*.yaml",
    required=False,
    unique=("clave",),
    checks=(forward("rige_desde", "rige_hasta", may_be_equal=False),),
)
PARTS: Final = (Part(METHOD_DOCUMENT, load_methods), Part(EXERCISE_DOCUMENT, load_exercises))
