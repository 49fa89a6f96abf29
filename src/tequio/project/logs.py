"""What a log may say of a request: never the secret that stands in an address, which opens something."""

from __future__ import annotations

import logging
from typing import Final

SECRET_PARTS: Final = frozenset({"token", "uidb64"})


class WithoutSecrets(logging.Filter):
    """Hides the parts of an address that are secrets, named as such in its pattern: `<str:token>`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite what the record says, and let it pass."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        secrets = [str(value) for name, value in match.kwargs.items() if name in SECRET_PARTS] if match else []
        if secrets and isinstance(record.args, tuple):
            record.args = tuple(_hidden(told, secrets) for told in record.args)
        return True


def _hidden(told: object, secrets: list[str]) -> object:
    """Return what is told with each secret hidden; what is no text stays as it is."""
    if isinstance(told, str):
        for secret in secrets:
            told = told.replace(secret, "[oculto]")
    return told
