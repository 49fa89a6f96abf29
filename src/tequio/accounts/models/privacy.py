"""Privacy notices, each version as it was published, and who accepted which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tequio.accounts.enums import WITHDRAWING, NoticeKey
from tequio.kernel.models import WrittenOnce

if TYPE_CHECKING:
    from tequio.accounts.models.people import User


class PrivacyNoticeQuerySet(models.QuerySet["PrivacyNotice"]):
    """Notices, by key and version."""

    def current(self, key: str) -> PrivacyNotice | None:
        """Return the version in force of a notice, or nothing if none was published."""
        return self.filter(key=key).order_by("-version").first()


class PrivacyNotice(WrittenOnce):
    """One version of the notice of a purpose: short at the form, whole on its page; a change is a new version."""

    key = models.CharField("para qué", max_length=20, choices=NoticeKey)
    version = models.PositiveSmallIntegerField("versión")
    short = models.CharField("aviso corto", max_length=800)
    sections = models.JSONField("aviso completo")
    bases = models.JSONField("fundamentos", default=list, blank=True)
    changes = models.CharField("qué cambió", max_length=500, blank=True)
    published_at = models.DateTimeField("publicado")

    objects = PrivacyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "aviso de privacidad"
        verbose_name_plural = "avisos de privacidad"
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="privacynotice_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="privacynotice_version_counts"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(changes=""), name="privacynotice_says_what_changed"),
            models.CheckConstraint(condition=Q(key__in=NoticeKey.values), name="privacynotice_key_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}, versión {self.version}"

    def get_absolute_url(self) -> str:
        """Return the permanent page of this version."""
        return reverse("privacy_version", args=[self.key, self.version])

    @property
    def withdrawing(self) -> str:
        """What taking back one's consent to it does."""
        return WITHDRAWING.get(self.key, "")


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents, by state and person."""

    def standing(self) -> ConsentQuerySet:
        """Keep those that nobody withdrew."""
        return self.filter(withdrawn_at__isnull=True)

    def of(self, account: User) -> ConsentQuerySet:
        """Keep those of an account."""
        return self.filter(account=account)


class Consent(models.Model):
    """That a person accepted one version of a notice; without an account, only a keyed hash of their address stays."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name="cuenta",
    )
    address_hash = models.CharField("huella del correo", max_length=64, blank=True)
    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, related_name="consents", verbose_name="aviso")
    given_at = models.DateTimeField("aceptó")
    withdrawn_at = models.DateTimeField("se retractó", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "consentimiento"
        verbose_name_plural = "consentimientos"
        ordering = ["-given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, address_hash="") | (Q(account__isnull=True) & ~Q(address_hash="")),
                name="consent_of_an_account_or_an_address",
            ),
            models.UniqueConstraint(
                fields=["account", "notice"],
                condition=Q(withdrawn_at__isnull=True, account__isnull=False),
                name="consent_once_per_account",
            ),
            models.UniqueConstraint(
                fields=["address_hash", "notice"],
                condition=Q(withdrawn_at__isnull=True, account__isnull=True),
                name="consent_once_per_address",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return str(self.notice)


class RetentionRun(models.Model):
    """One night of erasing what had outlived its time: only how much, never what."""

    ran_at = models.DateTimeField("cuándo")
    erased = models.PositiveIntegerField("renglones borrados o vaciados")
    failed = models.PositiveIntegerField("reglas que no se pudieron cumplir")

    class Meta:
        verbose_name = "borrado de la noche"
        verbose_name_plural = "borrados de la noche"
        ordering = ["-ran_at"]

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d}: {self.erased}"
