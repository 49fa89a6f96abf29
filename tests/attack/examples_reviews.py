"""Commitments of tables on their way to the plan, for the addresses of the matrix."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tequio.accounts.enums import NoticeKey
from tequio.cocreation.enums import Aspect
from tequio.cocreation.queries.viability import token_of
from tequio.cocreation.tests.reviews import REASONS, asked, closed_table, judged
from tequio.kernel.clock import today
from tests.attack.examples import Example, Scene, example, under_way
from tests.cast import read_notice

if TYPE_CHECKING:
    from tequio.cocreation.models import Table

WORK = "ejercicios/<slug:slug>/trabajo/compromisos/"


def a_commitment(scene: Scene) -> Table:
    """Return a table that closed with a commitment."""
    read_notice(NoticeKey.CONSULTATION)
    return closed_table(under_way(scene), scene.person("liaison"))


@example("dictamen/<str:token>/")
def judging(scene: Scene) -> Example:
    """The link by which an office judges an aspect."""
    review = asked(a_commitment(scene), Aspect.LEGAL, scene.person("liaison"))
    return Example({"token": token_of(review)}, {"judgement": "viable", "reasons": REASONS})


@example("ejercicios/<slug:slug>/trabajo/mesas/<slug:key>/viabilidad/")
def asking(scene: Scene) -> Example:
    """A commitment that nobody was asked to judge."""
    table = a_commitment(scene)
    sent = {"aspect": "legal", "office": "Jurídico", "email": "a@example.mx", "due_on": f"{today() + timedelta(9)}"}
    return Example({"slug": table.exercise.slug, "key": table.event.slug}, sent)


@example(WORK)
@example("ejercicios/<slug:slug>/compromisos-preliminares/")
def listed(scene: Scene) -> Example:
    """An exercise with a commitment under review."""
    return Example({"slug": a_commitment(scene).exercise.slug})


@example(f"{WORK}<slug:key>/definir/")
def defining(scene: Scene) -> Example:
    """A commitment with its three verdicts."""
    table = a_commitment(scene)
    judged(table, scene.person("liaison"))
    sent = {"title": "Datos", "promise": "Abrir los datos.", "responsible": str(scene.land.group.pk)}
    return Example({"slug": table.exercise.slug, "key": table.event.slug}, sent)
