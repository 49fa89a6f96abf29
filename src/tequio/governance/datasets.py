"""The open data of collegiate bodies: who held each seat, and the sessions."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import Sector
from tequio.exercises.datasets import DOCUMENTS, OF_EXERCISE, WHERE_IT_SAYS, exercise_of, in_seen_exercises
from tequio.governance.enums import BodyKind, SeatRole, SessionKind
from tequio.governance.models import SeatTerm, Session
from tequio.kernel.datasets import ForeignKey, Privacy
from tequio.kernel.tables import choice, joined, number, padded, period, table, text

DATASETS: Final = (
    table(
        key="asientos",
        title="Asientos de los órganos colegiados",
        description="Quién ocupó cada asiento de cada órgano colegiado, con qué cargo y desde cuándo, si consta.",
        of=in_seen_exercises(SeatTerm, "seat__body__exercise"),
        columns=(
            text(
                "clave",
                joined("seat__body__exercise__slug", "seat__body__kind", padded("seat__order"), padded("order")),
                "Ejercicio, órgano, asiento y periodo.",
                required=True,
            ),
            exercise_of("seat__body__exercise"),
            choice("organo", "seat__body__kind", BodyKind, "Qué órgano es.", required=True),
            text("organo_nombre", "seat__body__name", "Nombre del órgano.", required=True),
            number("asiento", "seat__order", "Número de asiento en el órgano.", additive=False, required=True),
            choice("calidad", "seat__role", SeatRole, "En qué calidad participa.", required=True),
            choice("sector", "seat__sector", Sector, "Sector del asiento; quien facilita no tiene."),
            text("persona", "published_name", "Nombre, como dice el documento.", privacy=Privacy.OFFICIAL),
            text("cargo", "post", "Cargo, como dice el documento.", privacy=Privacy.OFFICIAL),
            text("organizacion", "organization__key", "Clave de la organización que representa."),
            *period(),
            WHERE_IT_SAYS,
        ),
        foreign_keys=(OF_EXERCISE, ForeignKey(("organizacion",), "organizaciones", ("clave",))),
        keywords=("secretariado técnico", "asientos", "representación"),
        source=DOCUMENTS,
        filters=("ejercicio", "organo", "calidad", "sector", "organizacion"),
    ),
    table(
        key="sesiones",
        title="Sesiones de los órganos colegiados",
        description="Sesiones y reuniones que los documentos nombran; algunas filas solo dicen cuántas hubo.",
        of=in_seen_exercises(Session, "body__exercise"),
        columns=(
            text(
                "clave",
                joined("body__exercise__slug", "body__kind", padded("order")),
                "Ejercicio, órgano y sesión.",
                required=True,
            ),
            exercise_of("body__exercise"),
            choice("organo", "body__kind", BodyKind, "Qué órgano sesionó.", required=True),
            choice("tipo", "kind", SessionKind, "Qué clase de sesión fue.", required=True),
            text("nombre", "name", "Nombre.", required=True),
            number("cuantas", "how_many", "Cuántas sesiones dice el documento.", additive=True, required=True),
            text("resumen", "summary", "Qué pasó."),
            *period(),
            WHERE_IT_SAYS,
        ),
        foreign_keys=(OF_EXERCISE,),
        keywords=("sesiones", "secretariado técnico", "actas"),
        source=DOCUMENTS,
        filters=("ejercicio", "organo", "tipo", "inicio", "fin"),
    ),
)
