"""The catalogue as linked data: our profile of DCAT-AP 3.0.1 and DCAT-US 3.0, with a typed node for all it names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import Max, Min
from rdflib import DCAT, DCTERMS, FOAF, ORG, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from tequio.exercises.models import Exercise
from tequio.kernel.datasets import datasets
from tequio.opendata.models import EVERYTHING, Release
from tequio.opendata.queries.licence import (
    FORMATS,
    LICENCE_ADDRESS,
    LICENCE_NAME,
    dataset_address,
    file_address,
)

if TYPE_CHECKING:
    from rdflib.term import Node

    from tequio.kernel.datasets import Dataset
    from tequio.opendata.models import ReleaseFile

ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
EU: Final = "http://publications.europa.eu/resource/authority/"
VERSION: Final = URIRef(f"{DCAT}version")  # newer than the library's list
IANA: Final = "https://www.iana.org/assignments/media-types/"
TABLE_SCHEMA: Final = URIRef("https://datapackage.org/standard/table-schema/")
OPENAPI: Final = URIRef("https://spec.openapis.org/oas/v3.1.1")
# ISO 8601 intervals of the declarations, in the European vocabulary of frequencies.
FREQUENCIES: Final = {
    "irregular": ("IRREG", "Irregular"),
    "R/P1D": ("DAILY", "Diaria"),
    "R/P1M": ("MONTHLY", "Mensual"),
    "R/P6M": ("ANNUAL_2", "Semestral"),
    "R/P1Y": ("ANNUAL", "Anual"),
}
THEMES: Final = {"GOVE": "Gobierno y sector público"}


class Catalogue:
    """Builds the graph of the current versions; every node has an address, so that the bytes are always the same."""

    def __init__(self) -> None:
        self.graph = Graph()
        for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("spdx", SPDX), ("vcard", VCARD), ("adms", ADMS)):
            self.graph.bind(prefix, space)
        self.home = URIRef(f"{settings.SITE_ADDRESS}/datos/")
        self.publisher = URIRef(f"{self.home}#publica")
        self.contact = URIRef(f"{self.home}#contacto")
        self.place = URIRef(f"{self.home}#lugar")
        self.scheme = URIRef(f"{EU}data-theme")
        self.service = URIRef(f"{settings.SITE_ADDRESS}/api/v1/")
        self.period = URIRef(f"{self.home}#periodo")
        self.licence = self.node(LICENCE_ADDRESS, DCTERMS.LicenseDocument, LICENCE_NAME)
        self.spanish = self.concept(f"{EU}language/SPA", DCTERMS.LinguisticSystem, "español")
        self.open = self.concept(f"{EU}access-right/PUBLIC", DCTERMS.RightsStatement, "público")
        self.stable = self.concept(f"{EU}planned-availability/STABLE", None, "estable")

    def add(self, subject: Node, *said: tuple[Node, Node]) -> None:
        """Say several things of a subject."""
        for predicate, value in said:
            self.graph.add((subject, predicate, value))

    def node(self, address: str, kind: Node, title: str) -> URIRef:
        """Return a node of a class with its title."""
        node = URIRef(address)
        self.add(node, (RDF.type, kind), (DCTERMS.title, es(title)), (RDFS.label, es(title)))
        return node

    def concept(self, address: str, kind: Node | None, label: str) -> URIRef:
        """Return a term of a vocabulary, of a class besides if it has one; the vocabulary is the address above."""
        term, scheme = URIRef(address), URIRef(address.rpartition("/")[0])
        self.add(term, (RDF.type, SKOS.Concept), (SKOS.prefLabel, es(label)), (SKOS.inScheme, scheme))
        self.add(scheme, (RDF.type, SKOS.ConceptScheme), (DCTERMS.title, es(scheme.rpartition("/")[2])))
        if kind is not None:
            self.add(term, (RDF.type, kind))
        return term

    def surroundings(self, newest: datetime, oldest: datetime) -> None:
        """Say what all datasets share: the catalogue, who publishes, where, when, and the service."""
        name, title = Literal(settings.SITE_NAME), es(f"Datos abiertos de {settings.SITE_NAME}")
        about = es("Todos los conjuntos de datos públicos de este sitio, con sus versiones, su diccionario y su API.")
        site = self.node(f"{settings.SITE_ADDRESS}/datos/", FOAF.Document, "Datos abiertos")
        catalogue = URIRef(f"{self.home}#catalogo")
        self.add(
            self.publisher,
            (RDF.type, FOAF.Agent),
            (RDF.type, ORG.Organization),
            (FOAF.name, name),
            (SKOS.prefLabel, name),
        )
        self.add(
            self.contact,
            *((RDF.type, VCARD.Kind), (RDF.type, VCARD.Organization), (VCARD.fn, name)),
            (VCARD.hasEmail, URIRef(f"mailto:{settings.DATA_MAIL}")),
        )
        self.add(self.place, (RDF.type, DCTERMS.Location), (SKOS.prefLabel, es("La entidad y sus municipios")))
        years = Exercise.objects.visible_to(None).aggregate(first=Min("first_year"), last=Max("last_year"))
        self.add(
            self.period,
            (RDF.type, DCTERMS.PeriodOfTime),
            (DCAT.startDate, Literal(f"{years['first'] or oldest.year}-01-01", datatype=XSD.date)),
            (DCAT.endDate, Literal(f"{years['last'] or newest.year}-12-31", datatype=XSD.date)),
        )
        self.add(
            catalogue,
            *((RDF.type, DCAT.Catalog), (DCTERMS.title, title), (DCTERMS.description, about), (FOAF.homepage, site)),
            *((DCTERMS.publisher, self.publisher), (DCTERMS.license, self.licence), (DCTERMS.language, self.spanish)),
            *((DCTERMS.issued, instant(oldest)), (DCTERMS.modified, instant(newest)), (DCTERMS.spatial, self.place)),
            *((DCAT.themeTaxonomy, self.scheme), (DCAT.service, self.service), (DCAT.contactPoint, self.contact)),
        )

    def serve(self) -> None:
        """Say where the API is and what it keeps to."""
        contract = self.node(f"{self.service}openapi.json", RDFS.Resource, "Descripción de la API")
        self.add(
            self.service,
            *(
                (RDF.type, DCAT.DataService),
                (DCTERMS.title, es("API de datos abiertos")),
                (DCTERMS.license, self.licence),
            ),
            *((DCAT.endpointURL, self.service), (DCAT.endpointDescription, contract)),
            *((DCTERMS.publisher, self.publisher), (DCAT.contactPoint, self.contact)),
            (DCTERMS.conformsTo, self.node(OPENAPI, DCTERMS.Standard, "OpenAPI 3.1")),
        )

    def describe(self, dataset: Dataset, release: Release, issued: datetime) -> None:
        """Say what a dataset is, in its current version."""
        address = dataset_address(dataset.key)
        node, page = URIRef(f"{address}#conjunto"), self.node(address, FOAF.Document, dataset.title)
        code, label = FREQUENCIES[dataset.periodicity]
        origin = self.node(f"{address}#procedencia", DCTERMS.ProvenanceStatement, dataset.source)
        theme = self.concept(f"{EU}data-theme/{dataset.theme}", None, THEMES.get(dataset.theme, dataset.theme))
        self.add(
            node,
            *((RDF.type, DCAT.Dataset), (DCTERMS.identifier, Literal(address)), (DCTERMS.title, es(dataset.title))),
            *((DCTERMS.description, es(dataset.description)), (DCTERMS.publisher, self.publisher)),
            *((DCAT.contactPoint, self.contact), (DCAT.theme, theme), (DCTERMS.language, self.spanish)),
            *((DCAT.keyword, es(word)) for word in dataset.keywords),
            (DCTERMS.accrualPeriodicity, self.concept(f"{EU}frequency/{code}", DCTERMS.Frequency, label)),
            *((DCTERMS.temporal, self.period), (DCTERMS.spatial, self.place), (DCTERMS.accessRights, self.open)),
            *((DCTERMS.issued, instant(issued)), (DCTERMS.modified, instant(release.created_at))),
            *((VERSION, Literal(release.version)), (ADMS.versionNotes, es(release.reason))),
            *((DCAT.landingPage, page), (DCTERMS.provenance, origin)),
            (DCTERMS.conformsTo, self.node(TABLE_SCHEMA, DCTERMS.Standard, "Table Schema")),
        )
        self.add(URIRef(f"{self.home}#catalogo"), (DCAT.dataset, node))
        self.add(self.service, (DCAT.servesDataset, node))
        for file in release.files.all():
            if file.format in FORMATS:
                self.distribute(node, dataset, release, file)

    def distribute(self, dataset_node: URIRef, dataset: Dataset, release: Release, file: ReleaseFile) -> None:
        """Say where a file of a dataset is, how large it is and its checksum."""
        address = file_address(dataset.key, release.version, file.name)
        media_type, code = FORMATS[file.format]
        print_node, node = URIRef(f"{address}#huella"), URIRef(f"{address}#archivo")
        download = URIRef(address)
        self.add(download, (RDF.type, RDFS.Resource))
        self.add(
            print_node,
            *((RDF.type, SPDX.Checksum), (SPDX.algorithm, SPDX.checksumAlgorithm_sha256)),
            (SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)),
        )
        self.add(SPDX.checksumAlgorithm_sha256, (RDF.type, SPDX.ChecksumAlgorithm))
        self.add(
            node,
            *((RDF.type, DCAT.Distribution), (DCTERMS.title, es(f"{dataset.title}, {file.format.upper()}"))),
            (DCTERMS.description, es(f"Versión {release.version} completa en {file.format.upper()}.")),
            *((DCAT.accessURL, URIRef(dataset_address(dataset.key))), (DCAT.downloadURL, download)),
            (DCAT.mediaType, self.node(f"{IANA}{media_type}", DCTERMS.MediaType, media_type)),
            (DCTERMS["format"], self.concept(f"{EU}file-type/{code}", DCTERMS.MediaTypeOrExtent, code)),
            *((DCTERMS.license, self.licence), (DCTERMS.modified, instant(release.created_at))),
            *((DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)), (SPDX.checksum, print_node)),
            *(
                (DCATAP.availability, self.stable),
                (DCTERMS.conformsTo, TABLE_SCHEMA),
                (DCTERMS.issued, instant(release.created_at)),
            ),
        )
        self.add(dataset_node, (DCAT.distribution, node))


def catalogue(only: str | None = None) -> Graph:
    """Return the graph of the current versions of all datasets, or of one."""
    made = Catalogue()
    first = dict(Release.objects.filter(previous__isnull=True).values_list("dataset", "created_at"))
    current = [r for r in Release.objects.current().prefetch_related("files") if r.dataset in datasets()]
    instants = [release.created_at for release in current] or [datetime(1970, 1, 1, tzinfo=UTC)]
    made.surroundings(max(instants), min([*first.values(), min(instants)]))
    made.serve()
    for release in current:
        if only in {None, release.dataset} and release.dataset != EVERYTHING:
            made.describe(datasets()[release.dataset], release, first[release.dataset])
    return made.graph


def es(text: str) -> Literal:
    """Return a text as Spanish."""
    return Literal(text, lang="es")


def instant(at: datetime) -> Literal:
    """Return an instant with its offset."""
    return Literal(at.astimezone(UTC).isoformat(timespec="seconds"), datatype=XSD.dateTime)
