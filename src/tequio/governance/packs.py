"""How the collegiate bodies of an exercise are written in a pack: `planes/<ejercicio>/organos.yaml`."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import Sector
from tequio.exercises.packs import LONG, organization
from tequio.governance.enums import BodyKind, SeatRole, SessionKind
from tequio.governance.workflows import load_bodies
from tequio.kernel.packs.fields import Choice, Integer, Reference, Slug, Text
from tequio.kernel.packs.loading import Part
from tequio.kernel.packs.moments import moment
from tequio.kernel.packs.schema import Document, Listing, Section

TERMS: Final = Listing(
    "periodos",
    of=Section(
        "periodo",
        fields=(
            Reference("persona", to=("personas.csv",), key="clave", required=True),
            Text("dice", required=True, max_length=200),
            Text("cargo"),
            organization(),
            moment("desde"),
            moment("hasta"),
            Text("nota"),
            Text("fuente"),
        ),
    ),
)
SEATS: Final = Listing(
    "asientos",
    of=Section(
        "asiento",
        fields=(
            Choice("calidad", choices=SeatRole, required=True, words={"facilitacion": SeatRole.FACILITATOR}),
            Choice("sector", choices=Sector),
            TERMS,
        ),
    ),
)
SESSIONS: Final = Listing(
    "sesiones",
    of=Section(
        "sesion",
        fields=(
            Choice(
                "tipo",
                choices=SessionKind,
                required=True,
                words={
                    "instalacion": SessionKind.INSTALLATION,
                    "ordinaria": SessionKind.ORDINARY,
                    "extraordinaria": SessionKind.EXTRAORDINARY,
                },
            ),
            Text("nombre", required=True, max_length=200),
            moment("fecha"),
            Integer("cuantas", minimum=1, maximum=500),
            Text("resumen", max_length=LONG),
            Slug("acta"),
            Text("fuente"),
        ),
    ),
)
BODIES_DOCUMENT: Final = Document(
    (
        Slug("ejercicio", required=True, max_length=80),
        Listing(
            "organos",
            unique=("tipo",),
            of=Section(
                "organo",
                fields=(
                    Choice(
                        "tipo",
                        choices=BodyKind,
                        required=True,
                        words={
                            "secretariado": BodyKind.SECRETARIAT,
                            "comite_seguimiento": BodyKind.FOLLOW_UP_COMMITTEE,
                        },
                    ),
                    Text("nombre", required=True, max_length=200),
                    Text("siglas", max_length=20),
                    Text("descripcion", max_length=LONG),
                    SEATS,
                    SESSIONS,
                ),
            ),
        ),
    ),
    file="planes/*/organos.yaml",
    required=False,
)
PARTS: Final = (Part(BODIES_DOCUMENT, load_bodies),)
