"""Publishing the versions of a privacy notice, and what people accept of them and take back."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from tequio.accounts.enums import PUBLISH_NOTICE, NoticeKey
from tequio.accounts.models import Consent, PrivacyNotice, User
from tequio.kernel.canonical import digest
from tequio.kernel.facts import PUBLISHED, announce
from tequio.kernel.ledger import record
from tequio.kernel.locks import RECORD, take_turn
from tequio.kernel.refusal import Refused
from tequio.kernel.upsert import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models.privacy import ConsentQuerySet
    from tequio.kernel.packs import Record

CONSENT_WITHDRAWN: Final = "consent_withdrawn"
"""A consent ended (key of the notice, account, or None, and address_hash): what hung on it is shown no more."""

SALT: Final = "tequio.accounts.consent"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NoticeText:
    """What a notice says: short, whole (title and text of each part), on what grounds, and what changed."""

    key: NoticeKey
    short: str
    sections: tuple[tuple[str, str], ...]
    bases: tuple[tuple[str, str], ...] = ()
    changes: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """Return what is published, without what is said about the change."""
        return {
            "short": self.short,
            "sections": [list(part) for part in self.sections],
            "bases": [list(basis) for basis in self.bases],
        }


@transaction.atomic
def publish_notice(text: NoticeText, *, by: User | AnonymousUser, at: datetime) -> PrivacyNotice:
    """Publish a version of a notice; the same words again are the version that already says them."""
    if not isinstance(by, User) or not by.has_perm(PUBLISH_NOTICE):
        raise Refused("Tu cuenta no puede publicar avisos de privacidad.")
    return _publish(text, at=at)


@transaction.atomic
def load_notices(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Publish the notices of a pack that were never published; what people published since then stands."""
    added = changed = 0
    for said in records:
        text = NoticeText(
            NoticeKey(said["clave"]),
            said["corto"],
            tuple((part["titulo"], part["texto"]) for part in said["texto"]),
            tuple((basis["texto"], basis["certeza"]) for basis in said["fundamentos"]),
            said["cambios"],
        )
        versions = PrivacyNotice.objects.filter(key=text.key)
        before = len(versions)
        if digest(text.facts) in {digest(_facts(version)) for version in versions}:
            continue
        _publish(text, at=at)
        added, changed = added + (not before), changed + bool(before)
    tally = Tally("avisos de privacidad", added, changed, len(records) - added - changed, ())
    logger.info("%s (por %s, %s)", tally, by or "la consola", at)
    return (tally,)


@transaction.atomic
def give_consent(notice: PrivacyNotice, *, address: str = "", by: User | AnonymousUser, at: datetime) -> Consent:
    """Write that a person accepts a version: an account, or whoever wrote an address; asked twice, it is the same."""
    if not isinstance(by, User) and not address:
        raise Refused("Escribe tu correo, o entra con tu cuenta, para aceptar el aviso.")
    consent, _ = Consent.objects.get_or_create(
        notice=notice,
        account=by if isinstance(by, User) else None,
        address_hash="" if isinstance(by, User) else hash_of(address),
        withdrawn_at=None,
        defaults={"given_at": at},
    )
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: User | AnonymousUser, at: datetime) -> Consent:
    """Take back one's own consent; what was done while it stood was done well, and nothing more is."""
    found = Consent.objects.select_for_update(of=("self",)).select_related("notice").get(pk=consent.pk)
    if not isinstance(by, User) or found.account_id != by.pk:
        raise Refused("Solo quien aceptó el aviso puede retirar su consentimiento.")
    end_consents(Consent.objects.filter(pk=found.pk), at=at)
    found.refresh_from_db()
    return found


def end_consents(consents: ConsentQuerySet, *, at: datetime) -> int:
    """End those that stand and tell the rooms, inside the caller's transaction and after its check; return how many."""
    standing = list(consents.standing().select_for_update(of=("self",)).select_related("notice", "account"))
    for consent in standing:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        address = hash_of(consent.account.email) if consent.account and consent.account.email else consent.address_hash
        announce(CONSENT_WITHDRAWN, key=consent.notice.key, account=consent.account_id, address_hash=address)
    return len(standing)


def hash_of(address: str) -> str:
    """Return the keyed hash of an address: without the deployment's secret nobody can try addresses against it."""
    return salted_hmac(SALT, address.strip().casefold(), algorithm="sha256").hexdigest()


def _publish(text: NoticeText, *, at: datetime) -> PrivacyNotice:
    take_turn(RECORD)
    last = PrivacyNotice.objects.current(text.key)
    if last and _facts(last) == text.facts:
        return last
    if not text.short.strip() or not text.sections:
        raise Refused("El aviso necesita su texto corto y su texto completo.")
    if last and not text.changes.strip():
        raise Refused("Escribe qué cambió respecto de la versión anterior: se publica junto al aviso.")
    notice = PrivacyNotice.objects.create(
        key=text.key,
        version=last.version + 1 if last else 1,
        changes=text.changes.strip() if last else "",
        published_at=at,
        **text.facts,
    )
    facts = {"version": notice.version, "content_sha256": digest(text.facts)}
    record("accounts.notice_published", f"accounts.PrivacyNotice:{text.key.value}", facts, by=None, at=at)
    announce(PUBLISHED, kind="accounts.privacy_notice", subject=text.key.value, number=notice.version)
    return notice


def _facts(notice: PrivacyNotice) -> dict[str, Any]:
    return {"short": notice.short, "sections": notice.sections, "bases": notice.bases}
