"""What the pages of the data show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.kernel.datasets import datasets
from tequio.kernel.kept import kept
from tequio.opendata.models import EVERYTHING, Release, ReleaseFile
from tequio.opendata.queries.descriptions import data_files
from tequio.opendata.queries.licence import citation, dataset_address, file_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tequio.kernel.datasets import Dataset


@dataclass(frozen=True)
class Offered:
    """A file to download: what it is called on the page, where it is and how large."""

    name: str
    address: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """A dataset on the catalogue's page; without release until the first one is made."""

    dataset: Dataset
    release: Release | None
    files: list[Offered]


@dataclass(frozen=True)
class Term:
    """A line of the dictionary."""

    name: str
    kind: str
    meaning: str
    additive: str


@dataclass(frozen=True)
class Card:
    """A dataset on its own page, with its versions, newest first."""

    dataset: Dataset
    release: Release | None
    versions: list[Release]
    files: list[Offered]
    dictionary: list[Term]
    citation: str
    csv: str
    newest_csv: str


@kept(most=1)
def catalogue_entries() -> tuple[Sequence[Entry], Offered | None]:
    """Return every dataset with its current files, and the zip of all of them, kept until something is released."""
    current = {release.dataset: release for release in Release.objects.current().prefetch_related("files")}
    entries = [
        Entry(dataset, current.get(key), offered(current[key]) if key in current else [])
        for key, dataset in datasets().items()
    ]
    everything = current.get(EVERYTHING)
    return entries, _offer(everything, everything.files.all()[0]) if everything else None


def card(key: str) -> Card | None:
    """Return what a dataset's page shows, or None if there is no such dataset."""
    dataset = datasets().get(key)
    if dataset is None:
        return None
    versions = list(Release.objects.of(key).prefetch_related("files"))
    newest = versions[0] if versions else None
    csv = f"{key}.csv"
    return Card(
        dataset=dataset,
        release=newest,
        versions=versions,
        files=offered(newest) if newest else [],
        dictionary=_terms(dataset),
        citation=citation(dataset.title, key, newest.version, newest.created_at) if newest else "",
        csv=csv,
        newest_csv=f"{dataset_address(key)}ultima/{csv}",
    )


def _terms(dataset: Dataset) -> list[Term]:
    """Return the dictionary as the page shows it."""
    additive = {True: "Sí", False: "No", None: "No aplica"}
    return [
        Term(
            column.name,
            column.type.value,
            column.description + (f" Valores: {', '.join(column.values)}." if column.values else ""),
            additive[column.additive],
        )
        for column in dataset.columns
    ]


def released_file(key: str, version: str, name: str) -> ReleaseFile | None:
    """Return a file of a version, or None."""
    wanted = ReleaseFile.objects.filter(release__dataset=key, release__version=version, name=name)
    return wanted.select_related("release").first()


def newest_version(key: str) -> str | None:
    """Return the current version of a dataset, or None if it has none."""
    return Release.objects.of(key).values_list("version", flat=True).first()


def offered(release: Release) -> list[Offered]:
    """Return the data files of a release, the one most people want first."""
    order = ["csv", "xlsx", "jsonl", "csv.gz", "jsonl.gz"]
    return [_offer(release, file) for file in sorted(data_files(release), key=lambda file: order.index(file.format))]


def _offer(release: Release, file: ReleaseFile) -> Offered:
    """Return a file as a link."""
    address = file_address(release.dataset, release.version, file.name)
    if release.dataset == EVERYTHING:
        address = f"/datos/{EVERYTHING}/v/{release.version}.zip"
    return Offered(file.format.upper(), address, file.size, file.sha256)
