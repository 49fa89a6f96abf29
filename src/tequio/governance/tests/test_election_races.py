"""Votes at once, on PostgreSQL: one ballot per member, none lost, none counted after the close."""

from __future__ import annotations

import http.client
import re
import threading
from collections import Counter
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import again

from tequio.accounts.tests.test_role_races import at_once
from tequio.governance.models import Election
from tequio.governance.tests.voters import called, drafted, members, over, token, vote
from tequio.governance.workflows import cast_ballot, close_due_elections, close_election, open_election
from tequio.kernel.ledger import ledger_lines, verify
from tequio.kernel.models import LedgerEntry

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("EX-06")]
ROUNDS = 5
PATIENCE = 20
RECEIPT = re.compile(r"(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}")


def whole(election: Election) -> Election:
    """Return a counted election in which everything adds up."""
    counted = Election.objects.get(pk=election.pk)
    assert counted.ballots == len(counted.turnout.voted) == len(set(counted.urn.receipts))
    if counted.urn.marks is not None:
        votes = sum(each.votes or 0 for each in counted.candidates.all())
        assert votes + (counted.blanks or 0) == counted.ballots == len(counted.urn.marks)
    assert list(verify(ledger_lines())) == []
    return counted


def test_a_member_who_votes_twice_at_once_votes_once(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, ROUNDS)
    election = called(exercise, liaison)
    for person in voters:
        told = at_once(*[partial(vote, election, person, mark) for mark in ("01", "02", "03")])
        assert [text[:9] for text in told].count("Ya votast") == 2
        assert sum(bool(RECEIPT.fullmatch(text)) for text in told) == 1
    assert close_election(election, by=again(liaison), at=timezone.now()).ballots == ROUNDS
    whole(election)


def test_a_double_tap_is_one_vote_and_one_answer(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, ROUNDS)
    election = called(exercise, liaison)

    def tap(person: User, ours: str) -> str:
        return cast_ballot(election, mark="01", token=ours, by=again(person))

    for person in voters:
        ours = token()
        assert len(set(at_once(*[partial(tap, person, ours)] * 3))) == 1
    close_election(election, by=again(liaison), at=timezone.now())
    assert whole(election).ballots == ROUNDS


def test_a_vote_at_the_close_is_counted_or_refused(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 6)  # with who closes and this thread, as many as the pool has connections
    for _ in range(ROUNDS):
        election = called(exercise, liaison)
        Election.objects.filter(pk=election.pk).update(closes_at=timezone.now() + timedelta(milliseconds=60))

        def close() -> str:
            while not close_due_elections(at=timezone.now()):
                pass
            return "closed"

        told = at_once(*[partial(vote, election, person, "01") for person in voters], close)
        given = {text for text in told if RECEIPT.fullmatch(text)}
        assert set(whole(election).urn.receipts) == given
        assert all("cerró" in text for text in told if text not in given and text != "closed")


def test_two_who_count_at_once_count_once(exercise: Exercise, liaison: User, guarantor_staff: User) -> None:
    voters = members(exercise, 5)
    for _ in range(ROUNDS):
        election = called(exercise, liaison, tie_rule="second_round")
        for person, mark in zip(voters, ["01", "01", "02", "02", "00"], strict=True):
            vote(election, person, mark)
        over(election)
        close = partial(close_election, election, at=timezone.now())
        at_once(
            *[partial(close, by=again(by)) for by in (liaison, guarantor_staff)],
            lambda: close_due_elections(at=timezone.now()),
        )
        subject = f"governance.Election:{election.code}"
        assert LedgerEntry.objects.filter(kind="governance.election_counted", subject=subject).count() == 1
        assert Election.objects.filter(previous=election).count() == 1
        whole(election)


def test_called_by_two_at_once_it_is_called_once(exercise: Exercise, liaison: User, guarantor_staff: User) -> None:
    members(exercise, 4)
    for _ in range(ROUNDS):
        draft = drafted(exercise, liaison)

        def call(by: User, draft: Election = draft) -> int:
            return open_election(draft, by=again(by), at=timezone.now()).election.number

        told = at_once(partial(call, liaison), partial(call, guarantor_staff))
        assert told[0] == str(draft.number)
        assert "ya se convocó" in told[1]
        assert draft.roll.count() == 4


def test_forty_vote_at_once_through_the_web(
    exercise: Exercise, liaison: User, live_server: LiveServer, plain_static_files: None
) -> None:
    voters = members(exercise, 40)
    election = called(exercise, liaison)
    address = f"{election.get_absolute_url()}votar/"
    cookies = []
    for person in voters:
        client = Client()
        client.force_login(person)
        cookies.append(f"sessionid={client.cookies['sessionid'].value}")
    marks = [f"{number % 4:02}" for number in range(40)]
    barrier, receipts, faults = threading.Barrier(40), [], []

    def go(cookie: str, mark: str) -> None:
        barrier.wait()
        try:
            receipts.append(vote_by_web(live_server.url, address, cookie, mark))
        except (AssertionError, OSError, http.client.HTTPException) as fault:
            faults.append(repr(fault))

    threads = [threading.Thread(target=go, args=pair) for pair in zip(cookies, marks, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(set(receipts)) == 40
    close_election(election, by=again(liaison), at=timezone.now())
    counted = whole(election)
    assert set(counted.urn.receipts) == set(receipts)
    assert Counter(counted.urn.marks) == Counter(marks)


def vote_by_web(site: str, address: str, cookie: str, mark: str) -> str:
    """Vote as a browser does, in three requests, and return the receipt that the last page shows."""
    host = urlsplit(site).netloc
    web = http.client.HTTPConnection(host, timeout=60)

    def ask(method: str, form: dict[str, str] | None = None, cookies: str = cookie) -> str:
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Referer": site + address}
        for _ in range(PATIENCE):  # a busy site says 503: the same request again is the same vote
            web.request(method, address, urlencode(form) if form else None, headers)
            answer = web.getresponse()
            page = answer.read().decode()
            if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
                break
        assert answer.status == 200, (answer.status, page[:300])
        guard = re.search(r"csrftoken=(\w+)", answer.getheader("Set-Cookie") or "")
        kept["cookie"] = f"{cookie}; csrftoken={guard[1]}" if guard else kept.get("cookie", cookie)
        return page

    kept: dict[str, str] = {}
    page = ask("GET")
    form = {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"), "voto": mark}
    review = ask("POST", {**form, "paso": "revisar"}, kept["cookie"])
    done = ask("POST", {**form, "clave": hidden(review, "clave"), "paso": "depositar"}, kept["cookie"])
    web.close()
    found = RECEIPT.search(done)
    assert found
    return found[0]


def hidden(page: str, name: str) -> str:
    """Return what a hidden field says."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, name
    return found[1]
