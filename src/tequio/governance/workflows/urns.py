"""The urn: what it holds, sealed while people vote, so that no copy of the database tells a count or a change."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from tequio.kernel.refusal import Refused

BLANK: Final = "00"
URN: Final = "tequio.governance.urn"
ROOM: Final = 40  # bytes that a ballot and its receipt take in the sealed text, quotes and commas with them
CODE_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
CODE_LENGTH: Final = 10


@dataclass
class Contents:
    """What an urn holds: marks and receipts, each list sorted by itself, so that neither says its order."""

    marks: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)

    def put(self, mark: str, receipt: str) -> None:
        """Put a ballot in, and its receipt apart from it."""
        self.marks = sorted([*self.marks, mark])
        self.receipts = sorted([*self.receipts, receipt])


def seal(contents: Contents, *, seed: str, roll_size: int) -> bytes:
    """Return the contents as a text of constant length, written anew each time: nothing in it shows what changed."""
    text = json.dumps({"marks": contents.marks, "receipts": contents.receipts}, separators=(",", ":"))
    padded = text.ljust(ROOM * (roll_size + 1)).encode()
    return _keys(seed).encrypt_at_time(padded, current_time=0)  # a sealing with its hour would tell when one voted


def unseal(sealed: bytes | memoryview, *, seed: str) -> Contents:
    """Return what was sealed, or refuse where this server's key did not seal it."""
    try:
        return Contents(**json.loads(_keys(seed).decrypt(bytes(sealed))))
    except InvalidToken as foreign:
        raise Refused(
            "La clave de este servidor no abre la urna. Pide a quien lo opera que recupere la clave anterior."
        ) from foreign


def receipt_of(token: str, *, seed: str) -> str:
    """Return the receipt of a request to vote: the same request again has the same one, and nobody can choose it."""
    letters = base64.b32encode(hashlib.sha256(f"{seed}:{token}".encode()).digest()).decode()[:16]
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def drawn_codes(count: int) -> list[str]:
    """Draw codes to hand out, as «ABCDE-23456»; only their fingerprints are kept."""
    codes: set[str] = set()
    while len(codes) < count:
        letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        codes.add(f"{letters[:5]}-{letters[5:]}")
    return sorted(codes)


def fingerprint(code: str) -> str:
    """Return by what a code is known; without the server's key it cannot be guessed from a copy of the database."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("tequio.governance.code", letters, algorithm="sha256").hexdigest()


def _keys(seed: str) -> MultiFernet:
    """Return the urn's key, which comes from the server's and is not in the database; then those of before."""
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(salted_hmac(URN, seed, secret=each, algorithm="sha256").digest()))
            for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )
