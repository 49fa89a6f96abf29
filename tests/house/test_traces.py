"""What is committed works anywhere: it names no package registry's address and no folder of a machine."""

from __future__ import annotations

import re

from tests.house.source import files, name_of

BINARY = {
    ".png",
    ".jpg",
    ".webp",
    ".ico",
    ".woff2",
    ".ttf",
    ".otf",
    ".pdf",
    ".docx",
    ".xlsx",
    ".zip",
    ".gz",
    ".br",
}
# htt[p] and the like, so that this file does not find itself.
REGISTRY = re.compile(
    r'"resolved"\s*:\s*"htt[p]|registry\s*=\s*"?htt[p]|index-url[ =]+htt[p]|files\.pythonhosted|registry\.npmjs'
)
MACHINE = re.compile(r"(?<![\w.~}])/(?:ro{2}t|home|work|tmp)/\w")


def traces(text: str) -> list[str]:
    """Return the addresses of registries and the machine's folders that a text names."""
    return [match[0] for pattern in (REGISTRY, MACHINE) for match in pattern.finditer(text)]


def test_nothing_committed_names_a_registry_or_a_machine() -> None:
    texts = [path for path in files("*") if path.suffix not in BINARY]
    assert {name_of(path): found for path in texts if (found := traces(path.read_text()))} == {}


def test_traces_are_found() -> None:
    web = "http" + "s://"
    for planted in (f'"resolved": "{web}', f'registry = "{web}', "cd /" + "work/main", "open('/" + "tmp/a')"):
        assert traces(planted), planted
    assert traces("https://example.mx/home/a") == []
