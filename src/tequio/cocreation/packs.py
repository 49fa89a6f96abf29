"""How themes and problem trees are written in a pack: `planes/<ejercicio>/diagnostico.yaml`."""

from __future__ import annotations

from typing import Final

from tequio.cocreation.workflows import load_diagnosis
from tequio.exercises.packs import LONG
from tequio.kernel.packs.fields import Reference, Slug, Text
from tequio.kernel.packs.loading import Part
from tequio.kernel.packs.schema import Document, Listing, Section

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
    ),
    file="planes/*/diagnostico.yaml",
    required=False,
)
PARTS: Final = (Part(DIAGNOSIS_DOCUMENT, load_diagnosis),)
