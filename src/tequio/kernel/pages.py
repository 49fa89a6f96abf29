"""A rendered page as the cache keeps it: compressed once, with its strong ETag, ready to be sent."""

from __future__ import annotations

import gzip
import hashlib
import math
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import brotli
from django.utils.http import parse_http_date_safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

Header = tuple[str, str]

CACHE_CONTROL: Final = "public, max-age=0, must-revalidate"
COMPRESSIBLE: Final = (
    *("text/", "application/json", "application/ld+json"),
    *("application/problem+json", "application/xml", "application/rss+xml", "image/svg+xml"),
)
SMALLEST_COMPRESSED: Final = 500  # bytes; below, compressing saves no packet
OURS: Final = frozenset(
    ["cache-control", "content-encoding", "content-length", "date", "etag", "last-modified", "vary"]
)
UNCHANGED: Final = "304 Not Modified"


@dataclass(frozen=True, slots=True)
class Form:
    """A page in one encoding; `body` is None where it is unpacked from the gzip form when somebody asks."""

    etag: str
    headers: list[Header]
    not_modified: list[Header]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Page:
    """A public answer kept in memory, and until when it is true."""

    status: str
    forms: dict[str, Form]
    digest: str
    modified: int
    rendered_at: float
    stamp: int | None
    fresh_until: float = field(default=math.inf)

    @property
    def size(self) -> int:
        """Return about how many bytes of memory the page takes."""
        return 2_000 + sum(len(form.body or b"") for form in self.forms.values())

    def is_fresh(self, stamp: int | None, *, at: float) -> bool:
        """Tell whether the page is still what its address shows, under the stamp in force."""
        return stamp is not None and self.stamp == stamp and at < self.fresh_until

    def answer(
        self, environ: WSGIEnvironment, start_response: StartResponse, extra: tuple[Header, ...] = ()
    ) -> Iterable[bytes]:
        """Send the page in the best encoding the client takes, or 304 when the client already has it."""
        form = self.forms.get(encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))) or self.forms["identity"]
        if self._is_held(environ, form.etag):
            start_response(UNCHANGED, [*form.not_modified, *extra])
            return ()
        start_response(self.status, [*form.headers, *extra])
        if environ["REQUEST_METHOD"] == "HEAD":
            return ()
        return (form.body if form.body is not None else self._unpacked(),)

    def _is_held(self, environ: WSGIEnvironment, etag: str) -> bool:
        """Tell whether the client's copy is this one (RFC 9110 §13: its ETag decides; else its date)."""
        if not self.status.startswith("200"):
            return False
        held = environ.get("HTTP_IF_NONE_MATCH")
        if held is not None:
            return etag in held or held.strip() == "*"
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        return since is not None and (parse_http_date_safe(since) or 0) >= self.modified

    def _unpacked(self) -> bytes:
        """Return the body for the rare client that takes no compression."""
        return gzip.decompress(self.forms["gzip"].body or b"")


class Answer(NamedTuple):
    """What the product answered."""

    status: str
    headers: list[Header]
    body: bytes


def make_page(answer: Answer, *, stamp: int | None, fresh_until: float, before: Page | None, at: float) -> Page:
    """Return an answer ready to be kept; a body equal to the one before keeps its date of modification."""
    status, headers, body = answer
    digest = hashlib.sha256(body).hexdigest()[:32]
    modified = before.modified if before is not None and before.digest == digest else int(at)
    kept = [(name, value) for name, value in headers if name.lower() not in OURS]
    kept += [
        ("Cache-Control", CACHE_CONTROL),
        ("Vary", "Accept-Encoding"),
        ("Last-Modified", formatdate(modified, usegmt=True)),
    ]
    bodies: dict[str, bytes | None] = {"identity": body}
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    if kind.startswith(COMPRESSIBLE) and len(body) >= SMALLEST_COMPRESSED:
        bodies = {
            "identity": None,
            "gzip": gzip.compress(body, 6, mtime=0),
            "br": brotli.compress(body, quality=5),
        }
    forms = {name: _form(name, packed, len(body), digest, kept) for name, packed in bodies.items()}
    return Page(
        status=status,
        forms=forms,
        digest=digest,
        modified=modified,
        rendered_at=at,
        stamp=stamp,
        fresh_until=fresh_until,
    )


def _form(name: str, body: bytes | None, plain_length: int, digest: str, kept: list[Header]) -> Form:
    """Return one encoding of a page with all its headers."""
    etag = f'"{digest}"' if name == "identity" else f'"{digest}-{name}"'
    coded = [] if name == "identity" else [("Content-Encoding", name)]
    length = ("Content-Length", str(plain_length if body is None else len(body)))
    validators = [header for header in kept if header[0] in {"Cache-Control", "Vary", "Last-Modified"}]
    return Form(
        etag=etag,
        headers=[*kept, *coded, length, ("ETag", etag)],
        not_modified=[*validators, ("ETag", etag)],
        body=body,
    )


@lru_cache(maxsize=256)
def encoding(accepted: str) -> str:
    """Return the encoding to use for an Accept-Encoding header: br, gzip or identity (RFC 9110 §12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted[:300].lower().split(","):
        name, _, parameter = part.partition(";")
        try:
            weights[name.strip()] = float(parameter.replace(" ", "").removeprefix("q=") or 1)
        except ValueError:
            weights[name.strip()] = 0.0
    for name in ("br", "gzip"):
        if weights.get(name, weights.get("*", 0.0)) > 0:
            return name
    return "identity"
