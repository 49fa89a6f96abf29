"""The pages of a pack: written once, kept up to date, never over an editor's work, and in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from tequio.content.models import ContentPage, NewsPage, Seed
from tequio.content.queries import published_pages
from tequio.content.tests.desk import front, seed

pytestmark = [pytest.mark.django_db, pytest.mark.req("SI-01", "SI-03")]

LONGEST_MEAN = 25  # words
LONGEST = 40


def about() -> ContentPage:
    return ContentPage.objects.get(slug="acerca")


def test_seeding_again_changes_nothing() -> None:
    assert seed() == 8
    assert NewsPage.objects.live().count() == 2
    before = about().latest_revision_id
    assert seed() == 0
    assert about().latest_revision_id == before


def test_a_change_in_the_pack_reaches_a_page_nobody_touched() -> None:
    seed()
    Seed.objects.filter(key="acerca").update(sha256="another")
    assert seed() == 1


def test_what_an_editor_changed_stays() -> None:
    seed()
    page = about()
    page.title = "Quiénes somos"
    page.save_revision().publish()
    Seed.objects.filter(key="acerca").update(sha256="another")
    assert seed() == 0
    assert about().title == "Quiénes somos"


def test_an_editors_draft_counts_as_a_change() -> None:
    seed()
    page = about()
    page.title = "Borrador"
    page.save_revision()
    Seed.objects.filter(key="acerca").update(sha256="another")
    assert seed() == 0


def test_what_an_editor_erased_does_not_come_back() -> None:
    seed()
    about().delete()
    assert seed() == 0
    assert not ContentPage.objects.filter(slug="acerca").exists()


def test_a_page_an_editor_made_keeps_its_address() -> None:
    front().add_child(instance=ContentPage(title="Nuestra", slug="acerca"))
    assert seed() == 7
    assert about().title == "Nuestra"


@dataclass(frozen=True)
class Sentences:
    """The sentences of a page's blocks, by their number of words."""

    words: list[int]

    @classmethod
    def of(cls, html: str) -> Sentences:
        pieces = re.split(r"[.?!:;](?=\s|$|<)|</?(?:p|li|h\d|ol|ul|section|div|br|strong)\b[^>]*>", html)
        counts = [len(re.sub(r"<[^>]+>", " ", piece).split()) for piece in pieces]
        return cls([count for count in counts if count])


def test_pages_of_the_first_pack_are_in_plain_words() -> None:
    seed()
    for page in published_pages():
        words = Sentences.of(" ".join(str(block.render()) for block in page.body)).words
        assert sum(words) / len(words) <= LONGEST_MEAN, page.title
        assert max(words) <= LONGEST, page.title
