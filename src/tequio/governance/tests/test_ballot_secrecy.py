"""With the database, the logs and the mail in hand, nothing ties a ballot to a voter (docs/decisions/0015)."""

from __future__ import annotations

import logging
import random
from base64 import urlsafe_b64decode
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone
from tests.cast import again

from tequio.governance.models import RollEntry, Turnout, Urn
from tequio.governance.tests.test_election_pages import token_in
from tequio.governance.tests.voters import called, members, over, token
from tequio.governance.workflows import cast_ballot, close_election
from tequio.governance.workflows.urns import Contents, seal, unseal
from tequio.kernel.ledger import ledger_lines
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tequio.governance.models import Election

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-06")]

OURS = ("governance_election", "governance_candidate", "governance_rollentry", "governance_turnout", "governance_urn")


HEADER = 9  # a version, and the hour that is never written
SQL = 'SELECT * FROM "{}"'


def rows(*tables: str) -> dict[str, list[tuple[str, ...]]]:
    """Return what tables hold, in the order in which the engine keeps it, as a dump would."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables or tuple(connection.introspection.table_names(cursor)):
            cursor.execute(SQL.format(table))
            found[table] = [tuple(str(bytes(v) if isinstance(v, memoryview) else v) for v in row) for row in cursor]
    return found


def test_no_column_of_the_urn_points_to_a_person() -> None:
    assert {field.name for field in Urn._meta.get_fields()} == {"election", "sealed", "marks", "receipts"}
    assert {field.name for field in Turnout._meta.get_fields()} == {"election", "voted"}
    for model in (Urn, Turnout, RollEntry):
        relations = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert (get_user_model() in relations) is (model is RollEntry)
        assert not [field for field in model._meta.get_fields() if isinstance(field, models.DateField)]


def test_a_ballot_changes_two_rows_and_nothing_else(
    exercise: Exercise, liaison: User, caplog: pytest.LogCaptureFixture, plain_static_files: None
) -> None:
    voter, *_ = members(exercise, 4)
    election = called(exercise, liaison)
    client = Client()
    client.force_login(voter)
    address = f"{election.get_absolute_url()}votar/"
    before = rows()
    with caplog.at_level(logging.DEBUG):
        for name in ("django.request", "django.server", "tequio"):
            caplog.set_level(logging.DEBUG, name)
        client.get(address)
        review = client.post(address, {"voto": "02", "paso": "revisar"})
        sent = {"voto": "02", "clave": token_in(review.text), "paso": "depositar"}
        receipt = client.post(address, sent)
    after = rows()
    changed = {table for table, found in after.items() if found != before[table]}
    assert changed == {"governance_turnout", "governance_urn"}
    assert {table: len(found) for table, found in after.items()} == {t: len(found) for t, found in before.items()}
    assert caplog.text == ""
    assert receipt.status_code == 200
    assert not receipt.cookies


def test_two_histories_with_the_same_votes_leave_the_same_database(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 6)
    election = called(exercise, liaison)
    tokens = [token() for _ in voters]
    marks = ["01", "01", "01", "02", "02", "03"]
    at = over(election)
    closes_at = at + (at - election.opens_at)

    def left_by(order: list[int], shift: int) -> tuple[Any, ...]:
        """Vote in an order, each with the mark and the receipt of another, and return all that remains."""
        type(election).objects.filter(pk=election.pk).update(closes_at=closes_at)
        for place in order:
            given = (place + shift) % len(voters)
            cast_ballot(election, mark=marks[given], token=tokens[(place * 5 + shift) % 6], by=again(voters[place]))
        close_election(election, by=again(liaison), at=at)
        found = rows(*OURS), list(ledger_lines())
        transaction.set_rollback(True)
        return found

    histories = []
    for order, shift in (([0, 1, 2, 3, 4, 5], 0), ([5, 3, 1, 0, 2, 4], 2), ([2, 4, 0, 5, 1, 3], 3)):
        with transaction.atomic():
            histories.append(left_by(order, shift))
    assert all(one == other for one, other in pairwise(histories))


def test_no_order_in_the_database_guesses_better_than_chance(exercise: Exercise, liaison: User) -> None:
    chooses = random.Random(11)
    voters, elections = members(exercise, 6), 60
    names = ("Una", "Dos", "Tres")
    hits: dict[str, float] = {"planted": 0}
    expected = 0.0
    for _ in range(elections):
        election = called(exercise, liaison, names=names)
        order = chooses.sample(voters, len(voters))
        truth, spoken = {}, {}
        for person in order:
            mark = chooses.choice(["00", "01", "02", "03"])
            truth[person.pk] = mark
            spoken[cast_ballot(election, mark=mark, token=token(), by=again(person))] = person.pk
        closed = close_election(election, by=again(liaison), at=timezone.now())
        marks = list(truth.values())
        expected += sum(marks.count(mark) ** 2 for mark in set(marks)) / len(marks)
        for name, guess in guesses(closed, spoken).items():
            hits[name] = hits.get(name, 0) + sum(truth[person] == mark for person, mark in guess)
        hits["planted"] += sum(truth[person.pk] == mark for person, mark in zip(order, marks, strict=True))
    spread = 4 * (elections * len(voters) * 0.25) ** 0.5
    assert hits.pop("planted") == elections * len(voters) > expected + spread  # an urn in order of casting is found
    assert {name: hit for name, hit in hits.items() if abs(hit - expected) > spread} == {}
    assert len(hits) == 8


def guesses(election: Election, spoken: dict[str, int]) -> dict[str, list[tuple[int, str]]]:
    """Pair voters and ballots by every order that the database keeps, forwards and backwards."""
    table = rows("governance_rollentry")["governance_rollentry"]
    accounts = dict(RollEntry.objects.filter(election=election).values_list("pk", "account"))
    physical = [accounts[int(row[0])] for row in table if int(row[0]) in accounts]
    orders = {
        "by the roll's rows": physical,
        "by the roll's ids": [accounts[pk] for pk in sorted(accounts)],
        "by the list of who voted": [accounts[pk] for pk in election.turnout.voted],
        "by the receipts that they show": [spoken[receipt] for receipt in election.urn.receipts],
    }
    paired = {}
    for name, people in orders.items():
        for way, marks in (("", election.urn.marks), (", backwards", election.urn.marks[::-1])):
            paired[name + way] = list(zip(people, marks, strict=True))
    return paired


def test_while_people_vote_no_copy_tells_a_count_or_a_change(
    exercise: Exercise, liaison: User, settings: SettingsWrapper
) -> None:
    voters = members(exercise, 5)
    election = called(exercise, liaison)
    copies = [bytes(Urn.objects.get().sealed)]
    receipts = []
    for person, mark in zip(voters, ["01", "00", "02", "01", "03"], strict=True):
        receipts.append(cast_ballot(election, mark=mark, token=token(), by=again(person)))
        copies.append(bytes(Urn.objects.get().sealed))
    assert len({len(copy) for copy in copies}) == 1
    assert len(set(copies)) == len(copies)
    texts = [urlsafe_b64decode(copy)[HEADER:] for copy in copies]
    shared = [sum(a == b for a, b in zip(one, other, strict=True)) for one, other in pairwise(texts)]
    assert max(shared) < 16 < len(texts[0]) / 16  # by chance one byte in 256 is the same
    kept = str(rows())
    assert not [receipt for receipt in receipts if receipt in kept]
    settings.SECRET_KEY = token()
    with pytest.raises(Refused, match="no abre la urna"):
        close_election(election, by=again(liaison), at=timezone.now())


def test_a_key_that_was_changed_still_opens_the_urn(settings: SettingsWrapper) -> None:
    contents = Contents(["01"], ["A"])
    sealed = seal(contents, seed="s", roll_size=3)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = token(), [settings.SECRET_KEY]
    assert unseal(sealed, seed="s") == contents
    with pytest.raises(Refused, match="no abre la urna"):
        unseal(sealed, seed="another urn")


def test_an_urn_never_outgrows_its_seal() -> None:
    full = Contents(["99"] * 500, ["AAAA-BBBB-CCCC-DDDD"] * 500)
    sizes = {len(seal(each, seed="s", roll_size=500)) for each in (Contents(), full)}
    assert len(sizes) == 1


@pytest.mark.postgres
def test_no_transaction_of_a_vote_is_written_on_the_roll(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 4)
    election = called(exercise, liaison)
    for person in voters[:3]:
        with transaction.atomic():
            cast_ballot(election, mark="01", token=token(), by=again(person))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text), count(*) FROM governance_rollentry")
        assert cursor.fetchone() == (1, 4)
