"""What is released: its licence, its formats, its addresses and how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from datetime import datetime

LICENCE: Final = "CC-BY-4.0"
LICENCE_NAME: Final = "Creative Commons Atribución 4.0 Internacional"
LICENCE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
# Each format's media type, and its name in the European vocabulary of file types.
FORMATS: Final = {
    "csv": ("text/csv", "CSV"),
    "csv.gz": ("application/gzip", "GZIP"),
    "jsonl": ("application/jsonl", "JSON"),
    "jsonl.gz": ("application/gzip", "GZIP"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
}


def dataset_address(key: str) -> str:
    """Return the permanent address of a dataset's page."""
    return f"{settings.SITE_ADDRESS}/datos/{key}/"


def file_address(key: str, version: str, name: str) -> str:
    """Return the permanent address of a released file."""
    return f"{dataset_address(key)}v/{version}/{name}"


def citation(title: str, key: str, version: str, released: datetime) -> str:
    """Return how to cite a version of a dataset."""
    return f"{settings.SITE_NAME} ({released.year}). {title}, versión {version}. {LICENCE}. {dataset_address(key)}"
