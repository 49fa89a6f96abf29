"""How often each person wants to be told, what waits for their digest, and what they were told already."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tequio.kernel.topics import Pace


class NoticePreference(models.Model):
    """The pace that a person chose for a topic; without a row it is the topic's own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences", verbose_name="cuenta"
    )
    topic = models.CharField("tema", max_length=40)
    pace = models.CharField("frecuencia", max_length=9, choices=Pace)
    chosen_at = models.DateTimeField("elegida")

    class Meta:
        verbose_name = "preferencia de avisos"
        verbose_name_plural = "preferencias de avisos"
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="noticepreference_once"),
            models.CheckConstraint(condition=models.Q(pace__in=Pace.values), name="noticepreference_pace"),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.get_pace_display()}"


class WaitingNotice(models.Model):
    """A notice that waits for its person's digest; it is erased once told."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="waiting_notices", verbose_name="cuenta"
    )
    topic = models.CharField("tema", max_length=40)
    key = models.CharField("clave", max_length=160)
    subject = models.TextField("asunto")
    body = models.TextField("texto")
    address = models.CharField("dirección", max_length=500, blank=True)
    button = models.CharField("acción", max_length=80, blank=True)
    calendar = models.TextField("archivo de calendario", blank=True)
    noted_at = models.DateTimeField("escrito")

    class Meta:
        verbose_name = "aviso en espera"
        verbose_name_plural = "avisos en espera"
        ordering = ["noted_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="waitingnotice_once")]

    def __str__(self) -> str:
        return self.key


class Telling(models.Model):
    """One thing was told to one person, once per edition: a notice, a reminder before a deadline, a day's digest.

    The unique row is what keeps two schedulers, or a worker that dies, from telling it twice.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tellings", verbose_name="cuenta"
    )
    key = models.CharField("clave", max_length=160)
    edition = models.CharField("edición", max_length=20)
    told_at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "aviso dado"
        verbose_name_plural = "avisos dados"
        constraints = [models.UniqueConstraint(fields=["user", "key", "edition"], name="telling_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.edition}"


class CalendarKey(models.Model):
    """The secret of a person's calendar, of which only the hash is kept; a new one takes the old one's place."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key", verbose_name="cuenta"
    )
    token_sha256 = models.CharField("huella de la clave", max_length=64, unique=True)
    made_at = models.DateTimeField("hecha")

    class Meta:
        verbose_name = "clave de calendario"
        verbose_name_plural = "claves de calendario"

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
