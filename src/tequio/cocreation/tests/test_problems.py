"""The consultation of public problems: its window, proposals and supports by a link, and what becomes of each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW, again

from tequio.accounts.workflows import retain
from tequio.cocreation.datasets import DATASETS
from tequio.cocreation.duties import answer_problems
from tequio.cocreation.enums import ProblemStatus
from tequio.cocreation.models import Problem, ProblemConsultation, Support
from tequio.cocreation.queries.problems import figures_of, token_of
from tequio.cocreation.tests.diagnosis import (
    CLOSES,
    DURING,
    OPENS,
    approved,
    opened,
    proposed,
    published,
    sent,
    support_link,
    supported,
    terms,
)
from tequio.cocreation.workflows import (
    ProblemWords,
    ask_to_support,
    change_consultation,
    close_consultation,
    confirm_problem,
    confirm_support,
    decline_problem,
    group_problem,
    hide_problem,
    merge_problem,
    open_consultation,
    propose_problem,
    reopen_problem,
    withdraw_problem,
    withdraw_support,
    withdraw_theme,
)
from tequio.cocreation.workflows.consulting import proposed_here
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("DX-05")]
WORDS = ProblemWords(title="Baches", text="No se puede pasar.")


@pytest.fixture
def consultation(exercise: Exercise, liaison: User) -> ProblemConsultation:
    """The consultation of the first municipality, open for twenty days."""
    return opened(exercise, liaison)


def rows() -> str:
    return str(list(next(each for each in DATASETS if each.key == "problemas").rows(None)))


def test_who_runs_the_exercise_opens_it_once_and_nobody_else(
    exercise: Exercise, liaison: User, cast: dict[str, User], visitor: AnonymousUser
) -> None:
    for who in (visitor, cast["stranger"], cast["representative"], cast["other_liaison"], cast["far_staff"]):
        with pytest.raises(Refused, match="no lleva la consulta"):
            open_consultation(exercise, terms(), by=who, at=NOW)
    for wrong, words in (
        ({"closes_at": OPENS}, "después de la apertura"),
        ({"closes_at": NOW + timedelta(days=400)}, "un año"),
        ({"rules": " "}, "reglas"),
    ):
        with pytest.raises(Refused, match=words):
            opened(exercise, liaison, **wrong)
    opened(exercise, liaison)
    with pytest.raises(Refused, match="ya tiene su consulta"):
        opened(exercise, liaison)
    assert "se borraría con sus propuestas" in " ".join(proposed_here(slug=exercise.slug))


def test_before_it_opens_all_changes_and_then_it_only_takes_longer(exercise: Exercise, liaison: User) -> None:
    found = opened(exercise, liaison, opens_at=DURING)
    who = {"by": again(liaison)}
    moved = change_consultation(found, terms(opens_at=NOW + timedelta(days=1)), clock=lambda: NOW, **who)
    assert moved.opens_at == NOW + timedelta(days=1)
    sooner = terms(closes_at=CLOSES - timedelta(days=1))
    with pytest.raises(Refused, match="solo se amplía"):
        change_consultation(found, sooner, clock=lambda: DURING, **who)
    longer = change_consultation(found, terms(closes_at=CLOSES + timedelta(days=3)), clock=lambda: DURING, **who)
    assert (longer.opens_at, longer.closes_at) == (moved.opens_at, CLOSES + timedelta(days=3))
    with pytest.raises(Refused, match="por qué cierra antes"):
        close_consultation(found, " ", clock=lambda: DURING, **who)
    assert close_consultation(found, "Hubo sismo", clock=lambda: DURING, **who).closes_at == DURING
    for verb in (
        lambda: change_consultation(found, terms(), clock=lambda: DURING, **who),
        lambda: close_consultation(found, "Otra vez", clock=lambda: DURING, **who),
    ):
        with pytest.raises(Refused):
            verb()


def test_a_proposal_is_seen_once_its_address_confirms_it(consultation: ProblemConsultation) -> None:
    problem = sent(consultation, "ana")
    slug = consultation.exercise.slug
    assert not Problem.objects.visible_to(None).exists()
    assert token_of(problem) in OutboxMessage.objects.get().body
    one, two = (confirm_problem(slug, token_of(problem), clock=lambda: DURING) for _ in range(2))
    assert (one.pk, one.number, two.number) == (problem.pk, 1, 1)
    assert "Baches de ana" in rows()
    assert "ana@example" not in rows()
    assert "ana@example" not in str(list(LedgerEntry.objects.values_list("payload", flat=True)))
    with pytest.raises(Refused, match="ya no abre"):
        confirm_problem(slug, token_of(problem)[:-1] + "x", clock=lambda: DURING)


def test_nothing_tells_what_an_address_sent_and_few_a_day_are_taken(consultation: ProblemConsultation) -> None:
    for _ in range(2):
        sent(consultation, "ana", title="Uno")
    sent(consultation, "ana", title="Dos")
    sent(consultation, "ana", title="Tres")
    words = ProblemWords(title="Cuatro", text="Más")
    assert propose_problem(consultation, words, "ANA@example.mx ", clock=lambda: DURING) is None
    assert Problem.objects.count() == OutboxMessage.objects.count() == 3
    for bad in (ProblemWords(title=" ", text="x"), ProblemWords(title="x" * 121, text="x")):
        with pytest.raises(Refused):
            propose_problem(consultation, bad, "beto@example.mx", clock=lambda: DURING)
    for address in ("", "nada", "a@b\nc.mx"):
        with pytest.raises(Refused, match="correo"):
            propose_problem(consultation, WORDS, address, clock=lambda: DURING)


def test_an_address_supports_once_and_is_kept_nowhere(consultation: ProblemConsultation) -> None:
    problem, other = published(consultation, "ana"), published(consultation, "beto")
    OutboxMessage.objects.all().delete()
    token = supported(problem, "carla")
    for _ in range(2):
        confirm_support(problem.exercise.slug, token, clock=lambda: DURING)
    ask_to_support(problem, "carla@example.mx", clock=lambda: DURING)  # asked twice in a day: one message
    assert OutboxMessage.objects.count() == 1
    supported(other, "carla")
    hashes = set(Support.objects.values_list("address_hash", flat=True))
    assert len(hashes) == Support.objects.count() == 2  # nothing joins what the same address supports
    keys = " ".join(OutboxMessage.objects.values_list("key", flat=True))
    assert not any(part in keys for part in (*hashes, problem.reference, str(problem.pk) + ":"))
    withdraw_support(problem.exercise.slug, token)
    assert problem.supports.count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(problem=other, address_hash=other.supports.get().address_hash)
    with pytest.raises(Refused, match="ya no abre"):
        confirm_support(problem.exercise.slug, "1-abc.def", clock=lambda: DURING)


def test_after_the_close_nothing_is_taken(consultation: ProblemConsultation) -> None:
    problem, waiting = published(consultation, "ana"), sent(consultation, "beto")
    slug, token = consultation.exercise.slug, support_link(problem, "carla")
    for verb in (
        lambda: propose_problem(consultation, WORDS, "d@example.mx", clock=lambda: CLOSES),
        lambda: confirm_problem(slug, token_of(waiting), clock=lambda: CLOSES),
        lambda: ask_to_support(problem, "d@example.mx", clock=lambda: CLOSES),
        lambda: confirm_support(slug, token, clock=lambda: CLOSES),
    ):
        with pytest.raises(Refused, match="cerró"):
            verb()
    with pytest.raises(Refused, match="abre el"):
        propose_problem(consultation, WORDS, "d@example.mx", clock=lambda: OPENS - timedelta(seconds=1))
    withdraw_problem(slug, token_of(problem), at=CLOSES)
    assert Problem.objects.get(pk=problem.pk).status == ProblemStatus.WITHDRAWN


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seconds=st.integers(-3, 20 * 86_400 + 3))
def test_the_window_is_half_open_for_every_instant(consultation: ProblemConsultation, seconds: int) -> None:
    at = OPENS + timedelta(seconds=seconds)
    with transaction.atomic():
        try:
            propose_problem(consultation, WORDS, "ana@example.mx", clock=lambda: at)
            is_taken = True
        except Refused:
            is_taken = False
        transaction.set_rollback(True)
    assert is_taken == (OPENS <= at < CLOSES)


def test_each_answer_says_what_became_of_it(consultation: ProblemConsultation, liaison: User) -> None:
    theme = approved(consultation.exercise, liaison)
    one, two, three, four = (published(consultation, name) for name in ("ana", "beto", "carla", "dora"))
    who = {"by": again(liaison), "at": DURING}
    assert figures_of(consultation).share == 0
    assert group_problem(one, theme, **who).outcome == "Se agrupó en la temática «Movilidad»."
    assert merge_problem(two, one, **who).outcome == "Se unió a la propuesta 1, que dice lo mismo."
    with pytest.raises(Refused, match="motivo"):
        decline_problem(three, " ", **who)
    assert decline_problem(three, "Es federal", **who).reason == "Es federal"
    assert figures_of(consultation).share == 75
    assert list(answer_problems(again(liaison), DURING))
    hide_problem(four, "Señala a una persona", **who)
    assert figures_of(consultation).share == 100
    assert not list(answer_problems(again(liaison), DURING))
    told = rows()
    assert "Baches de dora" not in told
    assert "Señala a una persona" in told
    mail = OutboxMessage.objects.filter(subject="Qué pasó con tu propuesta")
    assert {message.recipient.partition("@")[0] for message in mail} == {"ana", "beto", "carla", "dora"}
    with pytest.raises(Refused, match="se unió a la 1"):
        ask_to_support(two, "x@example.mx", clock=lambda: DURING)
    again_seen = reopen_problem(four, **who)
    assert (again_seen.status, again_seen.reason, again_seen.answered_on) == (ProblemStatus.PENDING, "", None)
    moved = decline_problem(one, "Otra", **who)
    assert moved.theme is None


def test_a_theme_that_nobody_approved_is_not_named_nor_left_with_proposals(
    consultation: ProblemConsultation, liaison: User, other_exercise: Exercise, other_liaison: User
) -> None:
    theme, problem = proposed(consultation.exercise, liaison, name="Secreta"), published(consultation, "ana")
    who = {"by": again(liaison), "at": DURING}
    assert "Secreta" not in group_problem(problem, theme, **who).outcome
    assert "secreta" not in rows()
    with pytest.raises(Refused, match="responde de otro modo"):
        withdraw_theme(theme, "Ya no", **who)
    reopen_problem(problem, **who)
    withdraw_theme(theme, "Ya no", **who)
    for wrong in (theme, proposed(other_exercise, other_liaison)):
        with pytest.raises(Refused, match="de este ejercicio"):
            group_problem(problem, wrong, **who)


def test_only_who_runs_it_answers(
    consultation: ProblemConsultation, cast: dict[str, User], visitor: AnonymousUser
) -> None:
    problem = published(consultation, "ana")
    for who in (visitor, cast["stranger"], cast["representative"], cast["other_liaison"], cast["far_staff"]):
        with pytest.raises(Refused, match="no lleva la consulta"):
            decline_problem(problem, "No", by=who, at=DURING)


def test_joined_ones_follow_and_none_joins_itself_or_one_joined(
    consultation: ProblemConsultation, liaison: User
) -> None:
    one, two, three = (published(consultation, name) for name in ("ana", "beto", "carla"))
    who = {"by": again(liaison), "at": DURING}
    merge_problem(three, two, **who)
    merge_problem(two, one, **who)
    assert Problem.objects.get(pk=three.pk).merged_into == one
    for into in (one, two, three):
        with pytest.raises(Refused, match="Elige otra"):
            merge_problem(one, into, **who)
    withdraw_problem(one.exercise.slug, token_of(one), at=DURING)
    assert figures_of(consultation).waiting == 2  # what was joined to it waits for another answer


def test_what_is_taken_back_is_forgotten(consultation: ProblemConsultation) -> None:
    problem, unconfirmed = published(consultation, "ana"), sent(consultation, "beto")
    supported(problem, "carla")
    slug, token = consultation.exercise.slug, token_of(problem)
    withdraw_problem(slug, token, at=DURING)
    withdraw_problem(slug, token, at=DURING)
    withdraw_problem(slug, token_of(unconfirmed), at=DURING)
    left = Problem.objects.get()
    assert (left.title, left.text, left.email, left.code, left.number) == ("", "", "", "", 1)
    assert not Support.objects.exists()
    assert "Baches" not in rows()


def test_time_takes_addresses_and_what_nobody_confirmed(consultation: ProblemConsultation, liaison: User) -> None:
    answered, waiting, unconfirmed = (
        published(consultation, "ana"),
        published(consultation, "beto"),
        sent(consultation, "carla"),
    )
    supported(waiting, "dora")
    decline_problem(answered, "No", by=again(liaison), at=DURING)
    retain(at=DURING + timedelta(days=9))
    assert not Problem.objects.filter(pk=unconfirmed.pk).exists()
    assert Problem.objects.get(pk=answered.pk).email
    retain(at=CLOSES + timedelta(days=32))
    gone, kept = Problem.objects.get(pk=answered.pk), Problem.objects.get(pk=waiting.pk)
    assert (gone.email, gone.code, gone.title) == ("", "", "Baches de ana")
    assert kept.email  # nobody answered it yet
    assert (waiting.supports.count(), waiting.supports.get().address_hash) == (1, "")


def test_the_database_keeps_its_promises(consultation: ProblemConsultation) -> None:
    problem = published(consultation, "ana")
    for columns in (
        {"number": None},
        {"status": ProblemStatus.GROUPED},
        {"status": ProblemStatus.MERGED},
        {"status": ProblemStatus.DECLINED},
        {"status": ProblemStatus.WITHDRAWN},
        {"status": "otro"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Problem.objects.filter(pk=problem.pk).update(**columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemConsultation.objects.update(closes_at=None)
