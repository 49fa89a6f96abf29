"""How what was reported, proved and judged is written in a pack: `planes/<ejercicio>/seguimiento.yaml`."""

from __future__ import annotations

from typing import Final

from tequio.exercises.packs import LONG, organization
from tequio.kernel.packs.fields import Choice, Day, Slug, Text, Url
from tequio.kernel.packs.loading import Part
from tequio.kernel.packs.schema import Document, Listing, Section
from tequio.monitoring.enums import ReportedState, Verdict, Voice
from tequio.monitoring.workflows import load_follow_up

FOLLOW_UP_DOCUMENT: Final = Document(
    (
        Slug("ejercicio", required=True, max_length=80),
        Listing(
            "actividades",
            unique=("codigo",),
            of=Section(
                "actividad",
                fields=(
                    Text("codigo", required=True, max_length=40),
                    Listing(
                        "reportes",
                        unique=("fecha",),
                        of=Section(
                            "reporte",
                            fields=(
                                organization(required=True),
                                Choice(
                                    "estado",
                                    choices=ReportedState,
                                    required=True,
                                    words={"cancelada": ReportedState.CANCELLED},
                                ),
                                Text("dice", max_length=LONG),
                                Day("fecha", required=True),
                            ),
                        ),
                    ),
                    Listing(
                        "evidencias",
                        unique=("titulo",),
                        of=Section(
                            "evidencia",
                            fields=(
                                Text("titulo", required=True),
                                Url("url"),
                                Text("sha256", max_length=64, pattern="[0-9a-f]{64}", shape="64 cifras hexadecimales"),
                                Day("fecha", required=True),
                                Text("origen", required=True),
                                Text("licencia", max_length=100),
                            ),
                        ),
                    ),
                    Listing(
                        "juicios",
                        of=Section(
                            "juicio",
                            fields=(
                                Choice("voz", choices=Voice, required=True, words={"comite": Voice.COMMITTEE}),
                                organization(),
                                Choice("juicio", choices=Verdict, required=True),
                                Text("razon", max_length=LONG),
                                Day("fecha", required=True),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    file="planes/*/seguimiento.yaml",
    required=False,
)
PARTS: Final = (Part(FOLLOW_UP_DOCUMENT, load_follow_up),)
