"""Every address that the public site leads to, and all the words that an answer holds, whatever its format."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from pypdf import PdfReader
from pypdf.errors import PdfReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.test import Client

LINK: Final = re.compile(rb"""(?:href|src|action)=["']([^"'<>]+)|<loc>([^<]+)|"(?:\w+URL|@id)": ?"([^"]+)\"""")
OURS: Final = {"", "testserver", "localhost:8000"}


def crawl(client: Client, starts: Iterable[str], *, most: int = 2_000) -> Iterator[tuple[str, bytes, str]]:
    """Yield each address reached from some, with its body and kind; filters are followed one step deep."""
    waiting, seen = list(starts), set(starts)
    while waiting and most:
        path, most = waiting.pop(0), most - 1
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        yield path, body, response.headers.get("Content-Type", "")
        found = [] if "?" in path else [link.decode() for groups in LINK.findall(body) for link in groups if link]
        found.append(response.headers.get("Location", ""))
        for link in found:
            address = urldefrag(urljoin(f"http://testserver{path}", unescape(link).strip())).url
            parts = urlsplit(address)
            if parts.scheme not in {"http", "https"} or parts.netloc not in OURS or parts.path.startswith("/static/"):
                continue
            local = parts.path + (f"?{parts.query}" if parts.query else "")
            if local not in seen:
                seen.add(local)
                waiting.append(local)


def words(body: bytes, kind: str) -> str:
    """Return what an answer says: a PDF's text, what a zip holds, else the text itself with entities resolved."""
    if body.startswith(b"%PDF"):
        with suppress(PdfReadError):  # what only begins like one is read as it is
            return "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return " ".join(words(archive.read(name), "") for name in archive.namelist())
    if body.startswith(b"\x1f\x8b"):
        return words(gzip.decompress(body), kind)
    return unquote(unescape(body.decode(errors="replace")))
