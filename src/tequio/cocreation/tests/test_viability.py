"""Before a table's commitment enters a plan, three offices judge it by a link, with reasons that anybody reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW, again

from tequio.cocreation.enums import Aspect, Judgement, TableOutcome, Viability
from tequio.cocreation.models import Table, Verdict
from tequio.cocreation.queries.viability import HELD_FOR, review_of_token, table_with_path, token_of
from tequio.cocreation.tests.gatherings import THAT_DAY, begun_table
from tequio.cocreation.tests.reviews import REASONS, asked, closed_table, judged
from tequio.cocreation.workflows import Asked, ask_verdict, close_table, end_review, give_verdict
from tequio.kernel.clock import day_of
from tequio.kernel.duties import owed_by
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("CO-08")]

PLAIN = Asked(aspect=Aspect.LEGAL, office="Jurídico", email="a@example.mx", due_on=day_of(NOW) + timedelta(days=9))


@pytest.fixture
def table(exercise: Exercise, liaison: User) -> Table:
    """A table that closed with a commitment."""
    return closed_table(exercise, liaison)


def standing(table: Table) -> Viability:
    return table_with_path(table).standing


def test_each_verdict_moves_the_commitment_and_the_worst_decides(table: Table, liaison: User) -> None:
    seen = [standing(table)]
    for aspect, judgement in zip(Aspect, Judgement, strict=True):
        give_verdict(token_of(asked(table, aspect, liaison)), judgement, REASONS, at=NOW)
        seen.append(standing(table))
    assert seen == [Viability.TO_REVIEW, Viability.IN_REVIEW, Viability.IN_REVIEW, Viability.NOT_VIABLE]
    last = table.viability.get(aspect=Aspect.TIME)
    give_verdict(token_of(last), Judgement.VIABLE, f"{REASONS} Con el calendario nuevo cabe.", at=NOW)
    assert standing(table) == Viability.WITH_CHANGES
    assert [verdict.judgement for verdict in last.verdicts.all()] == [Judgement.NOT_VIABLE, Judgement.VIABLE]


def test_a_verdict_is_given_once_however_often_it_is_sent(table: Table, liaison: User) -> None:
    token = token_of(asked(table, Aspect.LEGAL, liaison))
    first = give_verdict(token, Judgement.VIABLE, REASONS, at=NOW)
    assert give_verdict(token, Judgement.VIABLE, f" {REASONS}\r\n", at=NOW) == first
    entry = LedgerEntry.objects.get(kind="cocreation.verdict_given")
    assert "example.mx" not in str(entry.payload)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.filter(pk=first.pk).update(reasons="Otra cosa")


def test_asked_anew_the_link_before_opens_nothing(table: Table, liaison: User) -> None:
    before = asked(table, Aspect.LEGAL, liaison)
    old = token_of(before)
    before.asked_at = NOW - timedelta(hours=1)
    before.save()
    stale = token_of(before)
    new = token_of(asked(table, Aspect.LEGAL, liaison, email="otra@example.mx"))
    assert review_of_token(stale, at=NOW) is None
    assert review_of_token(new, at=NOW + HELD_FOR) is None
    assert review_of_token("nada", at=NOW) is None
    assert old == new or review_of_token(new, at=NOW) == before
    assert set(OutboxMessage.objects.values_list("recipient", flat=True)) >= {"otra@example.mx"}
    with pytest.raises(Refused, match="ya no sirve"):
        give_verdict(stale, Judgement.VIABLE, REASONS, at=NOW)


@pytest.mark.parametrize(
    ("judgement", "reasons", "why"),
    [
        ("quizá", REASONS, "Elige tu dictamen"),
        (Judgement.VIABLE, "Sí.", "40 a 4,000 letras; hay 3"),
        (Judgement.VIABLE, "x" * 4001, "hay 4,001"),
    ],
)
def test_a_verdict_without_reasons_is_refused_in_words(
    table: Table, liaison: User, judgement: str, reasons: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        give_verdict(token_of(asked(table, Aspect.LEGAL, liaison)), judgement, reasons, at=NOW)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"aspect": "otro"}, "Elige qué se revisa"),
        ({"office": " "}, "institución y el cargo"),
        ({"email": "nadie"}, "correo completo"),
        ({"due_on": day_of(NOW)}, "posterior a hoy"),
        ({"due_on": day_of(NOW) + timedelta(days=181)}, "dentro de seis meses"),
    ],
)
def test_what_is_asked_of_an_office_is_checked(table: Table, liaison: User, told: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        ask_verdict(table, replace(PLAIN, **told), by=again(liaison), at=NOW)
    assert not table.viability.exists()


def test_nobody_else_asks_and_only_a_commitment_is_reviewed(
    table: Table, liaison: User, stranger: User, other_liaison: User, visitor: AnonymousUser
) -> None:
    for who in (stranger, other_liaison):
        with pytest.raises(Refused, match="no organiza mesas"):
            asked(table, Aspect.LEGAL, who)
    with pytest.raises(Refused, match="no organiza mesas"):
        end_review(table, by=visitor, at=NOW)
    dialogue = begun_table(table.exercise, liaison, theme=table.theme)
    close_table(dialogue, TableOutcome.DIALOGUE, reason="No vino nadie.", by=again(liaison), at=THAT_DAY)
    with pytest.raises(Refused, match="cerró con uno"):
        asked(dialogue, Aspect.LEGAL, liaison)


def test_an_office_that_spoke_is_not_replaced(table: Table, liaison: User) -> None:
    give_verdict(token_of(asked(table, Aspect.LEGAL, liaison)), Judgement.NOT_VIABLE, REASONS, at=NOW)
    with pytest.raises(Refused, match="ya dio su dictamen"):
        asked(table, Aspect.LEGAL, liaison, office="Otra oficina")
    asked(table, Aspect.LEGAL, liaison, email="nuevo@example.mx")


def test_the_review_ends_only_with_three_verdicts_that_let_it(table: Table, liaison: User) -> None:
    who = {"by": again(liaison), "at": NOW}
    with pytest.raises(Refused, match="Falta el dictamen de: Viabilidad jurídica, Recursos, Tiempo"):
        end_review(table, **who)
    judged(table, liaison, resources=Judgement.NOT_VIABLE)
    with pytest.raises(Refused, match="No es viable por: Recursos"):
        end_review(table, **who)
    token = token_of(table.viability.get(aspect=Aspect.RESOURCES))
    give_verdict(token, Judgement.WITH_CHANGES, f"{REASONS} Si se hace cada trimestre.", at=NOW)
    end_review(table, **who)
    assert standing(table) == Viability.DEFINED
    assert set(table.viability.values_list("email", flat=True)) == {""}
    with pytest.raises(Refused, match="ya se definió"):
        give_verdict(token, Judgement.VIABLE, REASONS, at=NOW)


def test_who_runs_the_exercise_is_told_what_is_missing_and_what_is_late(table: Table, liaison: User) -> None:
    def told(days: int = 0) -> list[str]:
        found = owed_by(again(liaison), NOW + timedelta(days=days)).duties
        return [f"{duty.verb} {duty.thing}" for duty in found if "ask_verdict" in duty.key]

    assert told() == [f"Pide el dictamen de viabilidad de «{table}»: viabilidad jurídica, recursos, tiempo"]
    for aspect in Aspect:
        asked(table, aspect, liaison)
    assert told() == []
    assert told(11) == [f"Recuerda el dictamen de viabilidad de «{table}»: viabilidad jurídica, recursos, tiempo"]


@pytest.mark.usefixtures("plain_static_files", "notices")
def test_an_office_judges_on_a_page_without_an_account(table: Table, liaison: User, client: Client) -> None:
    address = f"/dictamen/{token_of(asked(table, Aspect.TIME, liaison))}/"
    page = client.get(address).text
    assert "Publicar cada mes" in page
    assert "El plan dura 12 meses" in page
    short = client.post(address, {"judgement": "viable", "reasons": "Sí"})
    assert (short.status_code, "hay 2" in short.text) == (409, True)
    assert client.post(address, {"judgement": "viable", "reasons": REASONS}).status_code == 302
    assert "Tu dictamen: viable" in client.get(address).text
    assert client.get("/dictamen/nada/").status_code == 404
