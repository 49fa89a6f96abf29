"""Elections: what is asked, who stands, who may vote, and the urn, which knows no voter (docs/decisions/0015)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tequio.accounts.enums import Sector
from tequio.exercises.models import Exercise, Registration
from tequio.governance.enums import ElectionKind, ElectionState, Fills, TieBreak, WinningMajority
from tequio.governance.models.bodies import Body
from tequio.kernel.models.windows import WindowQuerySet, WithWindow, window_constraint

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

MOST_CANDIDATES = 99


class ElectionQuerySet(WindowQuerySet["Election"]):
    """Elections, by who may see them."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> Self:
        """Keep what anybody may see: those that were called, in exercises that the viewer sees."""
        seen = Exercise.objects.visible_to(viewer)
        return self.filter(exercise__in=seen).exclude(state=ElectionState.DRAFT)


class Election(WithWindow):
    """A question put to a roll by secret ballot, its rules, and what came of it."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="elections")
    number = models.PositiveSmallIntegerField("número")
    kind = models.CharField("clase", max_length=15, choices=ElectionKind)
    question = models.CharField("pregunta", max_length=200)
    explanation = models.TextField("explicación", max_length=2000, blank=True)
    sector = models.CharField("sector", max_length=13, choices=Sector, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="elections")
    fills = models.CharField("asientos que llena", max_length=10, choices=Fills, blank=True)
    seats = models.PositiveSmallIntegerField("cuántos lugares", default=1)
    majority = models.CharField("mayoría", max_length=8, choices=WinningMajority, default=WinningMajority.SIMPLE)
    tie_rule = models.CharField("si hay empate", max_length=12, choices=TieBreak, default=TieBreak.LOT)
    accepts_single = models.BooleanField("acepta candidatura única", default=False)
    previous = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="second_round",
        verbose_name="primera vuelta",
    )
    state = models.CharField("estado", max_length=8, choices=ElectionState, default=ElectionState.DRAFT)
    seed = models.CharField("semilla", max_length=64, blank=True)
    roll_size = models.PositiveIntegerField("personas en el padrón", null=True, blank=True)
    ballots = models.PositiveIntegerField("votos emitidos", null=True, blank=True)
    blanks = models.PositiveIntegerField("votos en blanco", null=True, blank=True)
    votes_sha256 = models.CharField("huella de los votos", max_length=64, blank=True)
    receipts_sha256 = models.CharField("huella de los comprobantes", max_length=64, blank=True)
    counted_at = models.DateTimeField("contada", null=True, blank=True)
    told = models.CharField("último estado avisado al padrón", max_length=8, blank=True)
    annulled_at = models.DateTimeField("anulada", null=True, blank=True)
    annulment = models.CharField("por qué se anuló", max_length=600, blank=True)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = "elección"
        verbose_name_plural = "elecciones"
        ordering = ["exercise", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="election_number_once"),
            window_constraint("election"),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=False, seats__gte=1) & ~Q(question=""), name="election_ends"
            ),
            models.CheckConstraint(
                condition=(Q(kind=ElectionKind.REPRESENTATIVES, body__isnull=True) & ~Q(sector="") & ~Q(fills=""))
                | Q(kind=ElectionKind.FACILITATOR, body__isnull=False, sector="", fills="")
                | Q(kind=ElectionKind.POLL, body__isnull=True, sector="", fills=""),
                name="election_knows_its_voters",
            ),
            models.CheckConstraint(
                condition=Q(state=ElectionState.DRAFT, seed="", roll_size__isnull=True)
                | (~Q(state=ElectionState.DRAFT) & ~Q(seed="") & Q(roll_size__isnull=False)),
                name="election_called_whole",
            ),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True, ballots__isnull=True, receipts_sha256="", votes_sha256="")
                | (Q(counted_at__isnull=False, ballots__lte=F("roll_size")) & ~Q(receipts_sha256="")),
                name="election_counted_whole",
            ),
            models.CheckConstraint(
                condition=(Q(annulment="", annulled_at__isnull=True) & ~Q(state=ElectionState.ANNULLED))
                | (~Q(annulment="") & Q(state=ElectionState.ANNULLED, annulled_at__isnull=False)),
                name="election_annulled_with_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """Return the election's public page."""
        return reverse("governance:election", args=[self.exercise.slug, self.number])

    @property
    def code(self) -> str:
        """The public reference of the election."""
        return f"{self.exercise.slug}/{self.number}"


class Candidate(models.Model):
    """Who stands in an election, by consent, or an option of a poll; the drawn place on the ballot is its number."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="candidates")
    name = models.CharField("nombre", max_length=200)
    presentation = models.TextField("presentación", max_length=600, blank=True)
    registration = models.ForeignKey(
        Registration,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="miembro que lo propone",
    )
    has_consent = models.BooleanField("autorizó publicar su nombre", default=False)
    position = models.PositiveSmallIntegerField("número en la boleta", null=True, blank=True)
    votes = models.PositiveIntegerField("votos", null=True, blank=True)
    place = models.PositiveSmallIntegerField("lugar que obtuvo", null=True, blank=True)
    by_lot = models.BooleanField("por sorteo", default=False)

    class Meta:
        verbose_name = "candidatura"
        ordering = ["election", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["election", "name"], name="candidate_once_per_election"),
            models.UniqueConstraint(fields=["election", "position"], name="candidate_position_once"),
            models.UniqueConstraint(fields=["election", "place"], name="candidate_place_once"),
            models.CheckConstraint(
                condition=Q(position__isnull=True) | Q(position__range=(1, MOST_CANDIDATES)),
                name="candidate_position_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """What a ballot for it says."""
        return f"{self.position:02}"


class RollEntry(models.Model):
    """One right to vote, frozen at the call: an account's, or that of whoever holds a code."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="roll")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cuenta",
    )
    code_hash = models.CharField("huella del código", max_length=64, blank=True)

    class Meta:
        verbose_name = "derecho a voto"
        verbose_name_plural = "padrón"
        ordering = ["election", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "account"], condition=Q(account__isnull=False), name="roll_account_once"
            ),
            models.UniqueConstraint(
                fields=["election", "code_hash"], condition=~Q(code_hash=""), name="roll_code_once"
            ),
            models.CheckConstraint(condition=Q(account__isnull=True) | Q(code_hash=""), name="roll_account_or_code"),
        ]

    def __str__(self) -> str:
        return f"Padrón: {self.election.question}"


class Turnout(models.Model):
    """Which entries of the roll have voted, as one sorted list: a row per vote would keep their order."""

    election = models.OneToOneField(Election, on_delete=models.CASCADE, primary_key=True, related_name="turnout")
    voted = models.JSONField("quiénes han votado", default=list)

    class Meta:
        verbose_name = "participación"
        verbose_name_plural = "participaciones"

    def __str__(self) -> str:
        return f"Participación: {self.election.question}"


class Urn(models.Model):
    """The ballots of an election and their receipts: two sorted lists, sealed until the count."""

    election = models.OneToOneField(Election, on_delete=models.CASCADE, primary_key=True, related_name="urn")
    sealed = models.BinaryField("contenido sellado")
    marks = models.JSONField("votos", null=True, blank=True)
    receipts = models.JSONField("comprobantes", null=True, blank=True)

    class Meta:
        verbose_name = "urna"

    def __str__(self) -> str:
        return f"Urna: {self.election.question}"
