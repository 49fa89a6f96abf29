"""What the database refuses whatever the code above it does: each promise is broken once, on loaded plans."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from tequio.accounts.models import Jurisdiction, Organization, PopulationCount
from tequio.cocreation.models import ProblemTree
from tequio.exercises.models import Exercise, GuarantorTerm, Registration
from tequio.governance.models import Seat
from tequio.kernel.models import Concept
from tequio.monitoring.models import CommitmentStanding, Evidence, Judgement
from tequio.plans.models import Activity, Commitment

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_pal")]


def first(model: type[Model], **which: Any) -> Any:
    return model._default_manager.filter(**which).first()


def changed(model: type[Model], values: dict[str, Any], **which: Any) -> Callable[[], object]:
    return lambda: model._default_manager.filter(pk=first(model, **which).pk).update(**values)


BROKEN: dict[str, Callable[[], object]] = {
    "a private citizen with a name": changed(Registration, {"published_name": "Alguien"}, sector="citizens"),
    "an organisation without a name": changed(Registration, {"published_name": ""}, sector="civil_society"),
    "a municipality outside any state": changed(Jurisdiction, {"parent": None}, kind="municipality"),
    "women and men who do not add up": changed(PopulationCount, {"women": 1, "men": 1}, women__gt=5),
    "an organization that succeeds itself": lambda: Organization.objects.filter(pk=first(Organization).pk).update(
        successor=first(Organization)
    ),
    "an exercise that ends before it starts": changed(Exercise, {"last_year": 1999}),
    "two guarantors at once": lambda: GuarantorTerm.objects.create(
        exercise=first(GuarantorTerm, ends_on=None).exercise, organization=first(Organization)
    ),
    "a seat of no sector": changed(Seat, {"sector": ""}, role="titular"),
    "two central problems": lambda: first(ProblemTree, nodes__kind="problem").nodes.create(
        kind="problem", order=99, text="Otro"
    ),
    "a date without its precision": changed(Activity, {"starts_precision": "missing"}, starts_on__isnull=False),
    "a precision without its date": changed(Activity, {"starts_on": None}, starts_precision="day"),
    "two commitments of one number": lambda: Commitment.objects.filter(plan__code="PAL1").update(number=1),
    "an activity on the wrong list": changed(Activity, {"level": "line"}, line=None),
    "an objection without a reason": changed(Judgement, {"verdict": "objected", "reason": ""}),
    "evidence nobody can find": changed(Evidence, {"url": "", "sha256": ""}),
    "more validated than there are": changed(CommitmentStanding, {"validated": 10_000}),
    "one code twice in a list": lambda: Concept.objects.filter(scheme__key="ods").update(code="1"),
    "a plan that nobody wrote, twice": lambda: Exercise.objects.create(
        slug=first(Exercise).slug, name="Otro", jurisdiction=first(Jurisdiction), first_year=2020, last_year=2021
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_database_keeps_its_promise(what: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[what]()


@pytest.mark.req("EX-05")
def test_a_seat_remembers_who_held_it_and_what_is_not_known() -> None:
    seats = Seat.objects.filter(body__exercise__slug="edomex-2019-2021", body__kind="secretariat")
    assert {(seat.role, seat.has_vote) for seat in seats} == {
        ("titular", True),
        ("substitute", True),
        ("facilitator", False),
    }
    relayed = [seat for seat in seats if seat.terms.count() > 1]
    assert len(relayed) == 1
    before, after = relayed[0].terms.all()
    assert before.ends_on == date(2020, 12, 31)
    assert before.ends_precision == "year"
    assert after.starts_on is None
