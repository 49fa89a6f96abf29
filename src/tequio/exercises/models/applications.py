"""What people answer to a call: an application to be a member, or a candidacy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tequio.accounts.enums import Sector, Sex
from tequio.exercises.enums import ApplicationState
from tequio.exercises.models.acts import Registration, picture_address
from tequio.exercises.models.calls import Call
from tequio.exercises.models.exercise import Exercise
from tequio.kernel.models import Attachment
from tequio.kernel.spanish import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

LIVE: Final = (ApplicationState.SUBMITTED, ApplicationState.RETURNED, ApplicationState.ACCEPTED)
"""The states in which an application counts: of one account, and of one name, there is one in a call."""
WAITING: Final = (ApplicationState.SUBMITTED, ApplicationState.RETURNED)
LEGAL_FORM: Final = re.compile(r"\b(?:asociacion civil|sociedad civil|a ?c|i ?a ?p|s ?c|a ?b ?p)$")


def name_key(name: str) -> str:
    """Return a name as it is compared: «Álamo, A.C.» and «ALAMO AC» are the same organization."""
    words = " ".join(re.sub(r"[^\w\s]+", " ", fold(name)).split())
    return LEGAL_FORM.sub("", words).strip() or words


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, by who may read them and by state."""

    def visible_to(self, viewer: User | AnonymousUser) -> ApplicationQuerySet:
        """Keep a person's own, and those of the exercises they run."""
        return self.filter(Q(account=viewer.pk) | Q(call__exercise__in=Exercise.objects.run_by(viewer)))

    def live(self) -> ApplicationQuerySet:
        """Keep those that were neither declined nor withdrawn."""
        return self.filter(state__in=LIVE)

    def accepted(self) -> ApplicationQuerySet:
        """Keep those that were accepted."""
        return self.filter(state=ApplicationState.ACCEPTED)


class Application(models.Model):
    """An answer to a call, with the little that is needed to decide on it.

    What its person wrote is read by them and by those who run the exercise. Only two things come out of it: the name
    and logo of an organization that was accepted, and the name, words and photograph of a candidacy that was.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications", verbose_name="convocatoria")
    folio = models.CharField("folio", max_length=9, unique=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications", verbose_name="cuenta"
    )
    state = models.CharField("estado", max_length=9, choices=ApplicationState, default=ApplicationState.SUBMITTED)
    sector = models.CharField("sector", max_length=13, choices=Sector)
    name = models.CharField("organización o ente público", max_length=200, blank=True)
    name_key = models.CharField("nombre, para comparar", max_length=200, blank=True)
    person_name = models.CharField("nombre de la persona", max_length=150, blank=True)
    post = models.CharField("cargo o puesto", max_length=150, blank=True)
    words = models.TextField("experiencia y motivo", max_length=2_000, blank=True)
    sex = models.CharField("sexo", max_length=10, choices=Sex, default=Sex.UNSAID)
    picture = models.ForeignKey(
        Attachment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name="logotipo o fotografía",
    )
    submitted_at = models.DateTimeField("enviada")
    amended_at = models.DateTimeField("última corrección", null=True, blank=True)
    decided_at = models.DateTimeField("última decisión", null=True, blank=True)
    reason = models.TextField("lo que se respondió", max_length=1_000, blank=True)
    mend_by = models.DateTimeField("corregir antes de", null=True, blank=True)
    registration = models.OneToOneField(
        Registration,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="application",
        verbose_name="inscripción",
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "solicitud"
        verbose_name_plural = "solicitudes"
        ordering = ["call", "submitted_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_known_state"),
            models.UniqueConstraint(
                fields=["call", "account"], condition=Q(state__in=LIVE), name="application_account_once_per_call"
            ),
            models.UniqueConstraint(
                fields=["call", "name_key"],
                condition=Q(state__in=LIVE) & ~Q(name_key=""),
                name="application_name_once_per_call",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.RETURNED) | Q(mend_by__isnull=False),
                name="application_returned_with_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ApplicationState.RETURNED, ApplicationState.DECLINED]) | ~Q(reason=""),
                name="application_answered_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.WITHDRAWN) | Q(person_name="", words="", picture=None, name=""),
                name="application_withdrawn_forgets",
            ),
        ]
        indexes = [models.Index(fields=["call", "state", "submitted_at"], name="application_by_state")]

    def __str__(self) -> str:
        return self.folio

    def get_absolute_url(self) -> str:
        """Return where its person follows it."""
        return reverse("exercises:your_application", args=[self.call.exercise.slug, self.call.key])

    @property
    def exercise(self) -> Exercise:
        """The exercise in which it was made."""
        return self.call.exercise

    @property
    def picture_url(self) -> str:
        """Where the photograph of a candidacy that was accepted is seen, if it has one."""
        return picture_address(self.picture_id)

    @property
    def shown_name(self) -> str:
        """The name by which those who review it know it: the organization's, else the person's."""
        return self.name or self.person_name or "Solicitud retirada"
