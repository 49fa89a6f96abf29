"""The catalogue keeps DCAT-AP 3.0.1, DCAT-US 3.0 and our own profile, which finds every mutant."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, XSD, Graph, Literal, URIRef

from tequio.opendata import queries
from tequio.opendata.queries.catalogue import VCARD, VERSION, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tequio.opendata.models import Release

ROOT = Path(__file__).resolve().parents[4]
OFFICIAL = Path(os.environ.get("TEQUIO_SHAPES", ROOT.parent / "shared" / "data" / "shapes"))
HOUSE = Path(queries.__file__).parents[1] / "shapes" / "dcat-mx-ga.ttl"
pytestmark = [pytest.mark.req("SI-02"), pytest.mark.usefixtures("plain_static_files")]


def faults(graph: Graph, shapes: Path) -> str:
    conforms, _, text = validate(graph, shacl_graph=Graph().parse(shapes), advanced=True)
    return "" if conforms else text


def test_catalogue_keeps_our_profile(releases: list[Release]) -> None:
    assert faults(catalogue(), HOUSE) == ""


@pytest.mark.parametrize("shapes", ["dcat-ap-301-fixed", "dcat-ap-301-range", "dcat-us-3"])
def test_catalogue_keeps_the_official_profiles(releases: list[Release], shapes: str) -> None:
    if not OFFICIAL.exists():
        pytest.skip(f"the official shapes are not in {OFFICIAL}")
    assert faults(catalogue(), OFFICIAL / f"{shapes}.ttl") == ""


def test_the_graph_of_a_dataset_is_about_it_alone(releases: list[Release]) -> None:
    graph = catalogue("actividades")
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == 1
    assert faults(graph, HOUSE) == ""


def without(kind: URIRef, predicate: URIRef) -> Callable[[Graph], None]:
    return lambda graph: [graph.remove((node, predicate, None)) for node in graph.subjects(RDF.type, kind)] and None


def saying(kind: URIRef, predicate: URIRef, value: Literal | URIRef) -> Callable[[Graph], None]:
    return lambda graph: [graph.set((node, predicate, value)) for node in graph.subjects(RDF.type, kind)] and None


def second_version(graph: Graph) -> None:
    for node in list(graph.subjects(RDF.type, DCAT.Dataset)):
        graph.add((node, VERSION, Literal("2020.01.01")))


MUTANTS = {
    "no title": without(DCAT.Dataset, DCTERMS.title),
    "no description": without(DCAT.Dataset, DCTERMS.description),
    "no publisher": without(DCAT.Dataset, DCTERMS.publisher),
    "no accessURL": without(DCAT.Distribution, DCAT.accessURL),
    "no licence": without(DCAT.Distribution, DCTERMS.license),
    "licence as text": saying(DCAT.Distribution, DCTERMS.license, Literal("CC BY")),
    "byteSize as text": saying(DCAT.Distribution, DCAT.byteSize, Literal("mucho")),
    "date as dd/mm": saying(DCAT.Dataset, DCTERMS.modified, Literal("31/07/2021", datatype=XSD.date)),
    "theme as text": saying(DCAT.Dataset, DCAT.theme, Literal("Gobierno")),
    "no endpointURL": without(DCAT.DataService, DCAT.endpointURL),
    "catalogue without publisher": without(DCAT.Catalog, DCTERMS.publisher),
    "downloadURL as text": saying(DCAT.Distribution, DCAT.downloadURL, Literal("aquí")),
    "two versions": second_version,
    "mail without mailto": saying(VCARD.Kind, VCARD.hasEmail, URIRef("datos@example.org")),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_our_profile_finds_the_mutant(releases: list[Release], mutant: str) -> None:
    graph = catalogue("ejercicios")
    MUTANTS[mutant](graph)
    assert faults(graph, HOUSE)


def test_the_same_data_give_the_same_bytes(client: Client, releases: list[Release]) -> None:
    for extension in ("ttl", "jsonld", "rdf"):
        first, again = (client.get(f"/datos/catalogo.{extension}").content for _ in range(2))
        assert first == again
