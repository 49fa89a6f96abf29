"""What accounts takes from a pack: the state, its municipalities, organizations and persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.accounts.enums import NoticeKey, OrganizationKind
from tequio.accounts.workflows import (
    load_days_off,
    load_municipalities,
    load_notices,
    load_organizations,
    load_persons,
    load_states,
    load_terms,
)
from tequio.kernel.packs import (
    Choice,
    Color,
    Day,
    Document,
    Integer,
    Listing,
    Part,
    Reference,
    Section,
    Slug,
    Table,
    Text,
    Url,
    forward,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.kernel.packs import Fault, Record


def adds_up(record: Record) -> Iterator[Fault]:
    """Check that a population is its women plus its men, where they are given."""
    women, men = record["mujeres"], record["hombres"]
    if women is not None and men is not None and record["poblacion"] != women + men:
        yield record.fault(
            "poblacion",
            expected=f"la suma de mujeres y hombres ({women + men})",
            remedy="revisa los tres números en su fuente",
        )


def counted(record: Record) -> Iterator[Fault]:
    """Check that a population comes with its census and date."""
    for name in ("censo", "censo_fecha"):
        if record["poblacion"] is not None and not record[name]:
            yield record.fault(name, expected="el censo y la fecha de la población", remedy="escríbelo")


def tiled(record: Record) -> Iterator[Fault]:
    """Check that a place has both numbers of its tile, or none."""
    if (record["columna"] is None) != (record["renglon"] is None):
        missing = "columna" if record["columna"] is None else "renglon"
        yield record.fault(missing, expected="columna y renglón, o ninguno", remedy="escribe el que falta")


VALIDITY = (Day("vigente_desde"), Day("vigente_hasta"))
ORIGIN = (Text("certeza", required=True), Text("fuente", required=True, max_length=500))
POPULATION = (
    Text("censo", max_length=120),
    Day("censo_fecha"),
    Integer("poblacion"),
    Integer("mujeres"),
    Integer("hombres"),
)
IN_FORCE = forward("vigente_desde", "vigente_hasta", may_be_equal=False)

STATES = Table(
    (
        Text("cve_inegi", required=True, pattern=r"[0-9]{2}", shape="la clave de dos cifras del estado"),
        Text("nombre", required=True, max_length=120),
        Slug("ruta", required=True, max_length=140),
        Text("cabecera", max_length=120),
        *POPULATION,
        *VALIDITY,
        *ORIGIN,
    ),
    file="estado.csv",
    unique=("cve_inegi", "ruta"),
    checks=(adds_up, counted, IN_FORCE),
)
MUNICIPALITIES = Table(
    (
        Text("cve_inegi", required=True, pattern=r"[0-9]{5}", shape="la clave de cinco cifras del municipio"),
        Reference("estado", required=True, to=("estado.csv",), key="cve_inegi"),
        Text("numero_electoral", max_length=5, pattern=r"[0-9]+", shape="un número de a lo más cinco cifras"),
        Text("nombre", required=True, max_length=120),
        Slug("ruta", required=True, max_length=140),
        Text("cabecera", max_length=120),
        *POPULATION,
        Integer("columna", minimum=1, maximum=99),
        Integer("renglon", minimum=1, maximum=99),
        *VALIDITY,
        *ORIGIN,
    ),
    file="municipios.csv",
    unique=("cve_inegi", "ruta", ("estado", "numero_electoral"), ("estado", "columna", "renglon")),
    required=False,
    checks=(adds_up, counted, tiled, IN_FORCE),
)
ORGANIZATIONS = Table(
    (
        Slug("clave", required=True, max_length=80),
        Choice("tipo", required=True, choices=OrganizationKind),
        Text("nombre", required=True),
        Text("siglas", max_length=30),
        Reference("lugar", to=("estado.csv", "municipios.csv"), key="cve_inegi"),
        Url("sitio_web"),
        Text("dominio_correo", max_length=120, pattern=r"[a-z0-9.-]+\.[a-z]+", shape="un dominio de correo"),
        Color("color"),
        Reference("sucesora", key="clave"),
        *VALIDITY,
        *ORIGIN,
    ),
    file="organizaciones.csv",
    unique=("clave", "nombre"),
    required=False,
    checks=(IN_FORCE,),
)
PERSONS = Table(
    (Slug("clave", required=True, max_length=80), Text("nombre", required=True, max_length=200), *ORIGIN),
    file="personas.csv",
    unique=("clave", "nombre"),
    required=False,
)
TERMS = Table(
    (
        Slug("clave", required=True, max_length=60),
        Text("nombre", required=True, max_length=200),
        Integer("dias_habiles", required=True, minimum=1, maximum=365),
        *VALIDITY,
        *ORIGIN,
    ),
    file="plazos.csv",
    unique=(("clave", "vigente_desde"),),
    required=False,
    checks=(IN_FORCE,),
)
DAYS_OFF = Table(
    (Day("fecha", required=True), Text("nombre", required=True, max_length=200), *ORIGIN),
    file="dias_inhabiles.csv",
    unique=("fecha",),
    required=False,
)
NOTICE_WORDS = {key.value.replace("-", "_"): key for key in NoticeKey}
NOTICES = Document(
    (
        Choice("clave", required=True, choices=NoticeKey, words=NOTICE_WORDS),
        Text("corto", required=True, max_length=800),
        Text("cambios", max_length=500),
        Listing(
            "fundamentos",
            of=Section(
                "fundamento", fields=(Text("texto", required=True, max_length=500), Text("certeza", required=True))
            ),
        ),
        Listing(
            "texto",
            required=True,
            of=Section(
                "parte",
                fields=(Text("titulo", required=True, max_length=200), Text("texto", required=True, max_length=5_000)),
            ),
        ),
    ),
    file="avisos/*.yaml",
    unique=("clave",),
    required=False,
)
PARTS = (
    Part(STATES, load_states),
    Part(MUNICIPALITIES, load_municipalities),
    Part(ORGANIZATIONS, load_organizations),
    Part(PERSONS, load_persons),
    Part(TERMS, load_terms),
    Part(DAYS_OFF, load_days_off),
    Part(NOTICES, load_notices),
)
