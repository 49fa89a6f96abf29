"""How co-creation is written in a pack: `mesas/<plantilla>.yaml`, `planes/<ejercicio>/diagnostico.yaml`."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import Sector
from tequio.cocreation.enums import Capture, StageTalk, TableKind, TableOutcome
from tequio.cocreation.workflows import load_diagnosis, load_table_templates
from tequio.exercises.packs import LONG
from tequio.kernel.packs.fields import Choice, Integer, Reference, Slug, Text
from tequio.kernel.packs.loading import Part
from tequio.kernel.packs.schema import Document, Listing, Section

TABLE_KINDS: Final = {"problema": TableKind.PROBLEM, "compromiso": TableKind.COMMITMENT}
OUTCOMES: Final = {
    "pendiente": TableOutcome.PENDING,
    "compromiso": TableOutcome.COMMITMENT,
    "dialogo": TableOutcome.DIALOGUE,
}
DIAGNOSIS_DOCUMENT: Final = Document(
    (
        Slug("ejercicio", required=True, max_length=80),
        Listing(
            "tematicas",
            unique=("clave",),
            of=Section(
                "tematica",
                fields=(
                    Slug("clave", required=True),
                    Slug("documento", required=True),
                    Text("nombre", required=True, max_length=200),
                    Listing("otros_nombres", of=Text("nombre", max_length=200)),
                    Text("justificacion", max_length=LONG),
                    Text("sede", max_length=200),
                    Text("fechas", max_length=200),
                    Text("sin_compromiso_porque", max_length=LONG),
                ),
            ),
        ),
        Listing(
            "arboles",
            unique=("clave",),
            of=Section(
                "arbol",
                fields=(
                    Slug("clave", required=True),
                    Text("titulo", required=True),
                    Reference("tematica", key="tematicas.clave"),
                    Text("titulo_dibujo"),
                    Text("nota_dibujo", max_length=LONG),
                    Text("texto_plantilla", max_length=LONG),
                    Text("problema", max_length=500),
                    Listing("causas", of=Text("causa", required=True, max_length=500)),
                    Listing("efectos", of=Text("efecto", required=True, max_length=500)),
                ),
            ),
        ),
        Listing(
            "mesas",
            unique=("evento",),
            of=Section(
                "mesa",
                fields=(
                    Slug("evento", required=True, max_length=80),
                    Reference("tematica", key="tematicas.clave", required=True),
                    Choice("tipo", choices=TableKind, words=TABLE_KINDS, required=True),
                    Choice("resultado", choices=TableOutcome, words=OUTCOMES, required=True),
                    Text("por_que", max_length=LONG),
                    Text("aprendizajes", max_length=LONG),
                ),
            ),
        ),
    ),
    file="planes/*/diagnostico.yaml",
    required=False,
)
TEMPLATE_DOCUMENT: Final = Document(
    (
        Slug("clave", required=True),
        Slug("metodo", required=True),
        Choice("tipo", choices=TableKind, words=TABLE_KINDS, required=True),
        Text("nombre", required=True),
        Text("empieza", required=True, pattern=r"([01]\d|2[0-3]):[0-5]\d", shape="una hora como 09:30", max_length=5),
        Integer("personas_minimo", required=True, minimum=1, maximum=50),
        Integer("personas_maximo", required=True, minimum=1, maximum=50),
        Integer("herradura", required=True, minimum=1, maximum=200),
        Listing(
            "grupos",
            required=True,
            unique=("clave",),
            of=Section(
                "grupo",
                fields=(
                    Slug("clave", required=True, max_length=20),
                    Text("nombre", required=True, max_length=80),
                    Choice("sector", choices=Sector, required=True),
                ),
            ),
        ),
        Listing("preguntas", of=Text("pregunta", required=True)),
        Text("fuente", max_length=500),
        Listing(
            "etapas",
            required=True,
            of=Section(
                "etapa",
                fields=(
                    Text("nombre", required=True, max_length=200),
                    Integer("minutos", required=True, minimum=1, maximum=480),
                    Text("responsable"),
                    Text("materiales", max_length=LONG),
                    Text("dinamica", max_length=LONG),
                    Choice("registra", choices=Capture, required=True),
                    Choice("muestra", choices=StageTalk),
                ),
            ),
        ),
    ),
    file="mesas/*.yaml",
    required=False,
    unique=("clave",),
)
PARTS: Final = (Part(TEMPLATE_DOCUMENT, load_table_templates), Part(DIAGNOSIS_DOCUMENT, load_diagnosis))
