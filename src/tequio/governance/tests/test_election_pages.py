"""The pages of elections, from each one's side: who runs them, who votes, who reads, and the stranger."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.cast import again

from tequio.accounts.enums import Sector
from tequio.exercises.models import Registration
from tequio.governance.enums import ElectionKind, ElectionState
from tequio.governance.models import Election, Turnout
from tequio.governance.tests.plenary import plenary
from tequio.governance.tests.voters import called, drafted, members, over, terms, vote
from tequio.governance.workflows import add_candidate, annul_election, close_election, draft_election, open_election

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-06")]


def inside(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def token_in(page: str) -> str:
    found = re.search(r'name="clave" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def cast(client: Client, address: str, mark: str, **other: str) -> str:
    """Vote as a person does: the ballot, its review, the receipt; return the last page."""
    review = client.post(address, {"voto": mark, "paso": "revisar", **other}).text
    return client.post(address, {"voto": mark, "clave": token_in(review), "paso": "depositar", **other}).text


def words(address: str) -> str:
    """Return what a visitor reads at an address."""
    return " ".join(re.sub(r"<[^>]+>", " ", Client().get(address).text).split())


def receipt_in(page: str) -> str:
    found = re.search(r"<code>((?:[A-Z2-7]{4}-){3}[A-Z2-7]{4})</code>", page)
    assert found
    return found[1]


def test_a_liaison_prepares_and_calls(exercise: Exercise, liaison: User) -> None:
    members(exercise, 3)
    client, base = inside(liaison), f"/ejercicios/{exercise.slug}/trabajo/elecciones/"
    assert "no tiene elecciones" in client.get(base).text
    assert "Quien facilita" not in client.get(base).text
    form = client.get(f"{base}nueva/representantes/").text
    assert 'value="Representantes de sociedad civil"' in form
    at = timezone.localtime()
    written = {
        "question": "Representantes",
        "sector": "civil_society",
        "fills": "both",
        "seats": "1",
        "opens_at": f"{at - timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "closes_at": f"{at + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "majority": "simple",
        "tie_rule": "lot",
    }
    wrong = client.post(f"{base}nueva/representantes/", {**written, "closes_at": written["opens_at"]}).text
    assert "después de abrir" in wrong
    assert 'value="Representantes"' in wrong
    assert client.post(f"{base}nueva/representantes/", written)["Location"] == f"{base}1/"
    assert "3 de 3 miembros inscritos" in client.get(f"{base}1/").text
    assert "Sin su autorización" in client.post(f"{base}1/", {"name": "Ana"}).text
    for name in ("Ana", "Beto", "Otra"):
        assert client.post(f"{base}1/", {"name": name, "has_consent": "on"})["Location"] == f"{base}1/"
    other = Election.objects.get().candidates.get(name="Otra")
    client.post(f"{base}1/candidaturas/{other.pk}/quitar/")
    assert client.post(f"{base}1/reglas/", {**written, "question": "Representantes ya"})["Location"] == f"{base}1/"
    assert "El padrón queda en 3" in client.get(f"{base}1/convocar/").text
    assert client.post(f"{base}1/convocar/")["Location"] == f"{base}1/"
    assert "sigue abierta" in client.post(f"{base}1/contar/").text
    assert client.get(f"{base}1/anular/").status_code == 403
    assert "Anular la elección" not in client.get(f"{base}1/").text
    assert set(Election.objects.get().candidates.values_list("name", flat=True)) == {"Ana", "Beto"}
    assert client.post(f"{base}1/descartar/").status_code == 409


def test_others_open_no_working_page(cast: dict[str, User], exercise: Exercise) -> None:
    members(exercise, 3)
    drafted(exercise, cast["liaison"])
    base = f"/ejercicios/{exercise.slug}/trabajo/elecciones/"
    pages = ["", "nueva/representantes/", "1/", "1/reglas/", "1/convocar/", "1/anular/"]
    for part in ("far_staff", "other_liaison", "representative", "stranger", "operator"):
        client = inside(cast[part])
        assert {client.get(base + page).status_code for page in pages} <= {403, 404}
        assert {client.post(f"{base}1/{act}/").status_code for act in ("contar", "descartar")} <= {403, 404}
    assert Client().get(base)["Location"].startswith("/entrar/")
    assert Election.objects.get().state == ElectionState.DRAFT


def test_a_draft_is_seen_by_nobody_else(exercise: Exercise, liaison: User, stranger: User) -> None:
    drafted(exercise, liaison)
    for client in (Client(), inside(stranger), inside(liaison)):
        assert "Todavía no se convoca" in client.get(f"/ejercicios/{exercise.slug}/elecciones/").text
        for page in ("", "votar/", "papeleta/", "votos.json", "comprobantes.txt"):
            assert client.get(f"/ejercicios/{exercise.slug}/elecciones/1/{page}").status_code in {404, 302}


def test_a_member_votes_reviews_and_gets_a_receipt(exercise: Exercise, liaison: User) -> None:
    voter, *_ = members(exercise, 3)
    election = called(exercise, liaison)
    address = f"{election.get_absolute_url()}votar/"
    client = inside(voter)
    assert Client().get(address)["Location"] == f"/entrar/?next={address}"
    page = client.get(address).text
    positions = [page.index(each.name) for each in election.candidates.order_by("position")]
    assert positions == sorted(positions)
    assert "checked" not in page
    assert "Elige una candidatura" in client.post(address, {"paso": "revisar"}).text
    review = client.post(address, {"voto": "02", "paso": "revisar"})
    assert review.text.count("Tu voto</strong>") == 1
    sent = {"voto": "02", "clave": token_in(review.text), "paso": "depositar"}
    first, twice = client.post(address, sent), client.post(address, sent)
    assert receipt_in(first.text) == receipt_in(twice.text)
    assert "no-store" in first["Cache-Control"]
    assert "Ya votaste" in client.get(address).text
    again_ = client.post(address, {**sent, "clave": "0" * 32})
    assert (again_.status_code, "Ya votaste" in again_.text) == (409, True)
    assert len(Turnout.objects.get().voted) == 1


def test_strangers_and_other_sectors_are_told_why(
    exercise: Exercise, liaison: User, stranger: User, far_staff: User
) -> None:
    members(exercise, 3)
    official = members(exercise, 1, sector=Sector.PUBLIC_BODIES)[0]
    address = f"{called(exercise, liaison).get_absolute_url()}votar/"
    for person in (stranger, official, far_staff, liaison):
        answer = inside(person).get(address)
        assert (answer.status_code, "no está en el padrón" in answer.text) == (403, True)
        assert inside(person).post(address, {"voto": "01", "clave": "0" * 32, "paso": "depositar"}).status_code == 403
    assert Turnout.objects.get().voted == []


def test_before_and_after_there_is_no_ballot(exercise: Exercise, liaison: User) -> None:
    voter, late, _ = members(exercise, 3)
    election = called(exercise, liaison)
    address = f"{election.get_absolute_url()}votar/"
    review = inside(late).post(address, {"voto": "01", "paso": "revisar"}).text
    over(election)
    assert "está: cerrada" in inside(voter).get(address).text
    answer = inside(late).post(address, {"voto": "01", "clave": token_in(review), "paso": "depositar"})
    assert (answer.status_code, "cerró el" in answer.text) == (409, True)
    Election.objects.update(closes_at=timezone.now() + timedelta(days=2), opens_at=timezone.now() + timedelta(days=1))
    assert "está: próxima" in inside(voter).get(address).text
    assert "Se vota a partir del" in Client().get(election.get_absolute_url()).text


def test_pages_weigh_the_same_whatever_is_chosen(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 12)
    names = [f"Persona{' larguísimo' * n}" for n in range(11)]
    election = called(exercise, liaison, names=names)
    address = f"{election.get_absolute_url()}votar/"
    sizes = set()
    for person, mark in zip(voters, ["00", *(f"{n:02}" for n in range(1, 12))], strict=True):
        client = inside(person)
        review = client.post(address, {"voto": mark, "paso": "revisar"})
        sent = {"voto": mark, "clave": token_in(review.text), "paso": "depositar"}
        receipt = client.post(address, sent)
        sizes.add((len(review.content), len(receipt.content)))
        assert mark not in review.request["QUERY_STRING"]
    assert len(sizes) == 1


def test_the_result_is_public_and_anybody_counts_it_again(exercise: Exercise, liaison: User, tmp_path: Path) -> None:
    voters = members(exercise, 7)
    election = called(exercise, liaison)
    page = election.get_absolute_url()
    receipts = [receipt_in(cast(inside(person), f"{page}votar/", "03")) for person in voters[:4]]
    vote(election, voters[4], "01")
    vote(election, voters[5], "00")
    assert "No hay cuenta parcial" in Client().get(page).text
    assert {Client().get(page + name).status_code for name in ("votos.json", "comprobantes.txt")} == {404}
    over(election)
    assert "se están contando" in Client().get(page).text
    close_election(election, by=again(liaison), at=timezone.now())
    answer = Client().get(page)
    for said in ("6 de 7 del padrón votó", "4 de 6", receipts[0]):
        assert said in words(page)
    assert not answer.cookies
    for name in ("votos.json", "comprobantes.txt"):
        (tmp_path / name).write_bytes(Client().get(page + name).content)
    program = b"".join(Client().get("/recuento.py"))
    assert len(program.splitlines()) < 60
    (tmp_path / "recuento.py").write_bytes(program)

    def recount(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "recuento.py", "votos.json", "comprobantes.txt", *more]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    done = recount(receipts[0])
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Todo coincide.")
    counted = Election.objects.get()
    for said in ("6 de 7 votaron; 1 en blanco", counted.votes_sha256, counted.receipts_sha256):
        assert said in done.stdout
    winner = counted.candidates.get(place=1)
    assert f"4 {winner.name}" in done.stdout
    told = json.loads((tmp_path / "votos.json").read_text())
    assert "el comprobante AAAA no está" in recount("AAAA").stdout
    (tmp_path / "votos.json").write_text(json.dumps({**told, "votos": [*told["votos"], "01", "09"]}))
    spoiled = recount()
    assert spoiled.returncode == 1
    assert "comprobante distinto" in spoiled.stdout
    assert "no son de la boleta" in spoiled.stdout


def test_few_votes_are_explained(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 3)
    election = called(exercise, liaison)
    for person in voters:
        vote(election, person, "01")
    close_election(election, by=again(liaison), at=timezone.now())
    page = Client().get(election.get_absolute_url()).text
    assert "Hubo menos de 5 votos" in page
    assert "Votos por candidatura" not in page
    assert Client().get(f"{election.get_absolute_url()}votos.json").status_code == 404


def test_an_annulled_election_says_so(exercise: Exercise, liaison: User, guarantor_staff: User) -> None:
    members(exercise, 3)
    election = called(exercise, liaison)
    base = f"/ejercicios/{exercise.slug}/trabajo/elecciones/1/anular/"
    client = inside(guarantor_staff)
    assert "<title>Error:" in client.post(base, {"reason": ""}).text
    assert client.post(base, {"reason": "Faltó gente."})["Location"].endswith("/1/")
    page = Client().get(election.get_absolute_url()).text
    assert "Faltó gente." in page
    assert "Anulada" in page


@pytest.mark.req("EX-15")
def test_attendants_vote_with_the_code_they_were_handed(exercise: Exercise, liaison: User) -> None:
    at = timezone.now()
    poll = draft_election(
        exercise, terms(kind=ElectionKind.POLL, question="¿Cómo se llama?", sector="", fills=""), by=liaison, at=at
    )
    for name in ("Decide", "Elige"):
        add_candidate(poll, name, by=again(liaison))
    base = f"/ejercicios/{exercise.slug}/trabajo/elecciones/1/convocar/"
    assert "de 3 a" in inside(liaison).post(base, {"codes": "2"}).text
    handed = inside(liaison).post(base, {"codes": "8"}).text
    codes = re.findall(r"<code>([A-Z2-9]{5}-[A-Z2-9]{5})</code>", handed)
    assert len(set(codes)) == 8
    address = f"{poll.get_absolute_url()}papeleta/"
    attendant = Client()
    assert "Sirve una vez" in attendant.get(address).text
    wrong = attendant.post(address, {"codigo": "AAAAA-AAAAA", "voto": "02", "paso": "revisar"}).text
    assert "no es de esta consulta" in wrong
    assert wrong.count("checked") == 1
    typed = codes[0].replace("-", " ").lower()
    assert receipt_in(cast(attendant, address, "02", codigo=typed))
    review = attendant.post(address, {"codigo": codes[0], "voto": "01", "paso": "revisar"}).text
    sent = {"codigo": codes[0], "voto": "01", "clave": token_in(review), "paso": "depositar"}
    assert attendant.post(address, sent).status_code == 409
    for code in codes[1:5]:
        cast(Client(), address, "02", codigo=code)
    over(poll)
    close_election(poll, by=again(liaison), at=at)
    assert "5 de 8" in words(poll.get_absolute_url())
    assert inside(liaison).get(f"{poll.get_absolute_url()}votar/")["Location"] == address


@pytest.mark.req("EX-04")
def test_the_plenary_elects_the_facilitator(state_exercise: Exercise, guarantor_staff: User, liaison: User) -> None:
    commissioners = plenary(state_exercise, 5)
    election = called(
        state_exercise, guarantor_staff, kind=ElectionKind.FACILITATOR, question="Facilitación", sector="", fills=""
    )
    assert {each.account for each in election.roll.all()} == set(commissioners)
    for person in commissioners:
        vote(election, person, "02")
    close_election(election, by=again(guarantor_staff), at=timezone.now())
    page = Client().get(election.get_absolute_url()).text
    assert "Facilitación" in page
    assert inside(liaison).get(f"/ejercicios/{state_exercise.slug}/trabajo/elecciones/1/").status_code == 404


def test_lists_ask_the_same_however_long(
    exercise: Exercise, liaison: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    members(exercise, 6)
    client, slug = inside(liaison), exercise.slug

    def queries(address: str) -> int:
        with django_assert_num_queries(12, exact=False) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    first = called(exercise, liaison, names=["Una", "Dos"])
    drafted(exercise, liaison, names=["Sola"])
    lists = [f"/ejercicios/{slug}/elecciones/", f"/ejercicios/{slug}/trabajo/elecciones/"]
    short = [queries(address) for address in [*lists, f"{lists[0]}1/", f"{lists[1]}2/", f"{lists[0]}1/"]]
    for person in Registration.objects.filter(exercise=exercise)[:5]:
        assert person.account
        vote(first, person.account, "01")
    for _ in range(2):
        called(exercise, liaison, names=["Una", "Dos", "Tres", "Cuatro"])
    longer = drafted(exercise, liaison)
    again_ = [*lists, f"{lists[0]}3/", f"{lists[1]}{longer.number}/", f"{lists[0]}3/"]
    assert [queries(address) for address in again_] == short
    assert max(short) <= 12


def test_the_program_stands_beside_the_verifier() -> None:
    assert settings.VERIFIER.with_name("recuento.py").exists()


def test_annulling_a_first_round_waits_for_the_second(exercise: Exercise, liaison: User, guarantor_staff: User) -> None:
    voters = members(exercise, 4)
    election = called(exercise, liaison, tie_rule="second_round")
    for person, mark in zip(voters, ["01", "01", "02", "02"], strict=True):
        vote(election, person, mark)
    close_election(election, by=again(liaison), at=timezone.now())
    assert "Habrá segunda vuelta" in Client().get(election.get_absolute_url()).text
    client = inside(guarantor_staff)
    base = f"/ejercicios/{exercise.slug}/trabajo/elecciones/"
    assert "segunda vuelta" in client.post(f"{base}1/anular/", {"reason": "x"}).text
    second = Election.objects.get(previous=election)
    Election.objects.filter(pk=second.pk).update(opens_at=timezone.now() - timedelta(hours=1))
    open_election(second, by=again(liaison), at=timezone.now())
    assert "segunda vuelta" in Client().get(second.get_absolute_url()).text
    annul_election(second, reason="Error", by=again(guarantor_staff), at=timezone.now())
    annul_election(election, reason="Error", by=again(guarantor_staff), at=timezone.now())
    assert set(Election.objects.values_list("state", flat=True)) == {ElectionState.ANNULLED}
