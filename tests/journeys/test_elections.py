"""A sector elects on a phone without scripts: the liaison calls, members vote, anybody reads the result."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tequio.exercises.models import Exercise
from tequio.governance.enums import ElectionKind
from tequio.governance.models import Election
from tequio.governance.tests.voters import called, drafted, members, over, terms, vote
from tequio.governance.workflows import add_candidate, close_due_elections, draft_election, open_election
from tests.cast import again
from tests.journeys.reader import WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("EX-06", "SI-03")]


def test_a_sector_elects_its_representatives(reader: Reader, liaison: User, exercise: Exercise) -> None:
    voters = members(exercise, 6)
    page = inside(reader, liaison)
    page.goto(f"{reader.site}/ejercicios/{exercise.slug}/trabajo/elecciones/")
    page.get_by_role("link", name="Representantes de un sector").click()
    begins = timezone.localtime() - timedelta(hours=1)
    page.get_by_label("Abre").fill(f"{begins:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Guardar").click()
    for name in ("Ana Ávila", "Beatriz Niño"):
        page.get_by_label("Nombre en la boleta").fill(name)
        page.get_by_label("La persona aceptó").check()
        page.get_by_role("button", name="Agregar").click()
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("link", name="Convocar…").click()
    page.get_by_role("button", name="Convocar").click()
    expect(page.get_by_text("con derecho a voto")).to_be_visible()
    election = Election.objects.get()
    theirs = inside(reader, voters[0])
    theirs.goto(f"{reader.site}{election.get_absolute_url()}")
    theirs.get_by_role("link", name="Votar", exact=True).click()
    theirs.get_by_label("Ana Ávila").check()
    theirs.get_by_role("button", name="Revisar mi voto").click()
    theirs.get_by_role("button", name="Depositar mi voto").click()
    expect(theirs.get_by_role("heading", name="Tu voto está en la urna")).to_be_visible()
    receipt = theirs.locator("code").inner_text()
    assert receipt not in theirs.url
    for person in voters[1:]:
        vote(election, person, election.candidates.get(name="Ana Ávila").mark)
    page.reload()
    page.get_by_role("button", name="Contar los votos").click()
    expect(page.get_by_text("El resultado está publicado")).to_be_visible()
    theirs.get_by_role("link", name="la página de la elección").click()
    expect(theirs.get_by_role("heading", name="Resultado")).to_be_visible()
    theirs.get_by_text("Busca tu comprobante").click()
    expect(theirs.get_by_text(receipt)).to_be_visible()
    assert reader.faults == []


def test_the_pages_of_the_vote_have_no_barrier(reader: Reader, liaison: User, exercise: Exercise) -> None:
    voter, *_ = members(exercise, 3)
    election = called(exercise, liaison)
    draft = drafted(exercise, liaison)
    work = f"{reader.site}/ejercicios/{exercise.slug}/trabajo/elecciones/"
    page = inside(reader, liaison, scripts=True)
    for path in ("", "nueva/representantes/", f"{draft.number}/", f"{draft.number}/convocar/"):
        page.goto(work + path)
        reader.axe(page, path, WCAG)
        reader.sizes(page)
    theirs = inside(reader, voter, scripts=True)
    theirs.goto(f"{reader.site}{election.get_absolute_url()}votar/")
    reader.axe(theirs, "ballot", WCAG)
    reader.sizes(theirs)
    theirs.get_by_label("Voto en blanco").check()
    theirs.get_by_role("button", name="Revisar mi voto").click()
    expect(theirs.get_by_role("heading", name="Revisa tu voto")).to_be_visible()
    reader.axe(theirs, "review", WCAG)
    reader.sizes(theirs)
    theirs.get_by_role("button", name="Depositar mi voto").click()
    expect(theirs.get_by_role("heading", name="Tu voto está en la urna")).to_be_visible()
    reader.axe(theirs, "receipt", WCAG)
    reader.sizes(theirs)
    theirs.goto(f"{reader.site}{election.get_absolute_url()}votar/")
    reader.axe(theirs, "voted", WCAG)
    assert reader.faults == []


@pytest.mark.req("EX-15")
def test_public_pages_are_fit_for_everyone(reader: Reader, liaison: User, exercise: Exercise) -> None:
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla-2019")
    exercise.refresh_from_db()
    reader.check_page("/ejercicios/niebla-2019/elecciones/")
    voters = members(exercise, 7)
    election = called(exercise, liaison)
    reader.check_page("/ejercicios/niebla-2019/elecciones/1/")
    for person in voters[:6]:
        vote(election, person, "02")
    over(election)
    assert close_due_elections(at=timezone.now()) == 1
    reader.check_page("/ejercicios/niebla-2019/elecciones/")
    reader.check_page("/ejercicios/niebla-2019/elecciones/1/")
    poll = draft_election(
        exercise,
        terms(kind=ElectionKind.POLL, question="¿Cómo se llama?", sector="", fills=""),
        by=again(liaison),
        at=timezone.now(),
    )
    for name in ("Decide", "Elige"):
        add_candidate(poll, name, by=again(liaison))
    open_election(poll, codes=5, by=again(liaison), at=timezone.now())
    reader.check_form("/ejercicios/niebla-2019/elecciones/2/papeleta/")
