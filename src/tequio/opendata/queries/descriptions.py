"""Describes datasets for search engines (schema.org) and for catalogues that read data.json (DCAT-US 1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from tequio.kernel.datasets import datasets
from tequio.opendata.models import Release
from tequio.opendata.queries.licence import FORMATS, LICENCE_ADDRESS, citation, dataset_address, file_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.kernel.datasets import Dataset
    from tequio.opendata.models import ReleaseFile


def schema_org(dataset: Dataset, release: Release) -> dict[str, Any]:
    """Return the schema.org Dataset of a release."""
    publisher = {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_ADDRESS}
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset_address(dataset.key),
        "url": dataset_address(dataset.key),
        "name": dataset.title,
        "description": dataset.description,
        "keywords": list(dataset.keywords),
        "license": LICENCE_ADDRESS,
        "isAccessibleForFree": True,
        "inLanguage": "es",
        "version": release.version,
        "dateModified": release.created_at.isoformat(),
        "temporalCoverage": dataset.temporal,
        "spatialCoverage": dataset.spatial,
        "citation": citation(dataset.title, dataset.key, release.version, release.created_at),
        "creator": publisher,
        "publisher": publisher,
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{settings.SITE_ADDRESS}/datos/"},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": column.name, "description": column.description}
            for column in dataset.columns
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": file_address(dataset.key, release.version, file.name),
                "encodingFormat": FORMATS[file.format][0],
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in data_files(release)
        ],
    }


def data_files(release: Release) -> Iterator[ReleaseFile]:
    """Yield the files of a release that are the data, whole; what changed since the last one is no data of its own."""
    named = f"{release.dataset}."
    return (file for file in release.files.all() if file.format in FORMATS and file.name.startswith(named))


def data_json() -> dict[str, Any]:
    """Return data.json: the current version of every dataset."""
    current = {release.dataset: release for release in Release.objects.current().prefetch_related("files")}
    return {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@id": f"{settings.SITE_ADDRESS}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": [_entry(dataset, current[key]) for key, dataset in datasets().items() if key in current],
    }


def _entry(dataset: Dataset, release: Release) -> dict[str, Any]:
    """Return a dataset as data.json lists it."""
    modified = release.created_at.isoformat(timespec="seconds")
    mail = f"mailto:{settings.DATA_MAIL}"
    return {
        "@type": "dcat:Dataset",
        "identifier": dataset_address(dataset.key),
        "title": dataset.title,
        "description": dataset.description,
        "keyword": list(dataset.keywords),
        "modified": modified,
        "publisher": {"@type": "org:Organization", "name": settings.SITE_NAME},
        "contactPoint": {"@type": "vcard:Contact", "fn": settings.SITE_NAME, "hasEmail": mail},
        "accessLevel": "public",
        "license": LICENCE_ADDRESS,
        "accrualPeriodicity": dataset.periodicity,
        "language": ["es-MX"],
        "landingPage": dataset_address(dataset.key),
        "distribution": [
            {
                "@type": "dcat:Distribution",
                "title": file.name,
                "downloadURL": file_address(dataset.key, release.version, file.name),
                "mediaType": FORMATS[file.format][0],
                "format": file.format.upper(),
            }
            for file in data_files(release)
        ],
    }
