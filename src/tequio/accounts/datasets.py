"""The open data of places, institutions and the lists of terms that others publish."""

from __future__ import annotations

from typing import Final

from django.db.models import Case, F, When

from tequio.accounts.enums import JurisdictionKind, OrganizationKind
from tequio.accounts.models import Jurisdiction, Organization, PopulationCount
from tequio.kernel.datasets import ForeignKey
from tequio.kernel.models import Concept
from tequio.kernel.tables import choice, day, joined, link, number, table, text

VALIDITY: Final = (
    day("vigente_desde", "valid_from", "Desde cuándo existe; vacío si no hay límite conocido."),
    day("vigente_hasta", "valid_to", "Día en que deja de existir; vacío si sigue vigente."),
)
PROVENANCE: Final = (
    text("certeza", "certainty", "Qué tan segura es la fila y por qué."),
    text("fuente", "source", "De dónde se tomó la fila."),
)


def municipality(path: str = "") -> Case:
    """Return the code of the municipality at a path; nothing for a state."""
    return Case(When(**{f"{path}kind": JurisdictionKind.MUNICIPALITY}, then=F(f"{path}code")))


DATASETS: Final = (
    table(
        key="municipios",
        title="Municipios",
        description="Los municipios con sus dos números, el geoestadístico y el electoral, que casi nunca coinciden.",
        of=lambda _viewer: Jurisdiction.objects.municipalities(),
        columns=(
            text("clave", "code", "Clave geoestadística de cinco dígitos (INEGI).", required=True),
            text("numero_electoral", "electoral_code", "Número que le da el instituto electoral; es otro."),
            text("nombre", "name", "Nombre oficial del municipio.", required=True),
            text("ruta", "slug", "Cómo se llama en las direcciones de este sitio.", required=True),
            text("cabecera", "seat", "Cabecera municipal."),
            text("estado", "parent__code", "Clave geoestadística de la entidad.", required=True),
            *VALIDITY,
            *PROVENANCE,
        ),
        keywords=("municipios", "claves geoestadísticas", "geografía electoral"),
        source="Catálogos oficiales de estadística y de geografía electoral",
        filters=("clave", "nombre", "numero_electoral", "ruta"),
    ),
    table(
        key="poblacion",
        title="Población contada",
        description="Cuántas personas contó cada censo en cada municipio: un dato con fecha, nunca «la» población.",
        of=lambda _viewer: PopulationCount.objects.filter(jurisdiction__kind=JurisdictionKind.MUNICIPALITY),
        columns=(
            text("clave", joined("jurisdiction__code", "counted_on"), "Municipio y día del conteo.", required=True),
            text("municipio", "jurisdiction__code", "Clave del municipio.", required=True),
            text("censo", "census", "Censo o conteo.", required=True),
            day("fecha", "counted_on", "Día a que se refiere el conteo.", required=True),
            number("personas", "people", "Personas contadas.", additive=True, unit="personas", required=True),
            number("mujeres", "women", "Mujeres contadas.", additive=True, unit="personas"),
            number("hombres", "men", "Hombres contados.", additive=True, unit="personas"),
            text("fuente", "source", "De dónde se tomó la fila."),
        ),
        foreign_keys=(ForeignKey(("municipio",), "municipios", ("clave",)),),
        keywords=("población", "censo", "municipios"),
        source="Censos y conteos de población",
        filters=("municipio", "censo", "fecha", "personas"),
    ),
    table(
        key="organizaciones",
        title="Organizaciones",
        description="Instituciones, organizaciones y redes que participan, con su nombre oficial y sus fechas.",
        of=lambda _viewer: Organization.objects.all(),
        columns=(
            text("clave", "key", "Clave permanente de la organización.", required=True),
            choice("tipo", "kind", OrganizationKind, "Qué es.", required=True),
            text("nombre", "name", "Nombre oficial.", required=True),
            text("siglas", "acronym", "Siglas, si las usa."),
            text("municipio", municipality("jurisdiction__"), "Clave del municipio, si es municipal."),
            link("sitio", "website", "Sitio web."),
            text("sucesora", "successor__key", "Clave de la que tomó su lugar."),
            *VALIDITY,
            *PROVENANCE,
        ),
        foreign_keys=(
            ForeignKey(("municipio",), "municipios", ("clave",)),
            ForeignKey(("sucesora",), "organizaciones", ("clave",)),
        ),
        keywords=("instituciones", "sociedad civil", "directorio"),
        source="Planes de acción publicados y directorios oficiales",
        filters=("clave", "tipo", "nombre", "siglas", "municipio"),
    ),
    table(
        key="conceptos",
        title="Listas de conceptos",
        description="Términos de listas que publican otras instituciones: objetivos, ejes y códigos, con su vigencia.",
        of=lambda _viewer: Concept.objects.all(),
        columns=(
            text("clave", joined("scheme__key", "code"), "Lista y código.", required=True),
            text("lista", "scheme__key", "Clave de la lista.", required=True),
            text("lista_nombre", "scheme__name", "Nombre de la lista.", required=True),
            text("codigo", "code", "Código del término en su lista.", required=True),
            text("nombre", "name", "Nombre del término.", required=True),
            text("definicion", "definition", "Definición, si la lista la da."),
            text("tipo", "kind", "Qué clase de término es en su lista."),
            *VALIDITY,
            *PROVENANCE,
        ),
        keywords=("vocabularios", "Agenda 2030", "clasificaciones"),
        source="Listas oficiales que cita cada fila",
        filters=("lista", "codigo", "nombre", "tipo"),
    ),
)
