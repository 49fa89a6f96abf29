"""What open data holds of people: nothing (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from tequio.kernel.personal import Declaration, Impersonal

PERSONAL: Final[tuple[Declaration, ...]] = (
    Impersonal("opendata.Release", "dataset version schema_version reason content_sha256 schema"),
    Impersonal("opendata.ReleaseFile", "name sha256"),
)
