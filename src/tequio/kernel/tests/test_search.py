"""The search: the same hits in the same order on every engine, safe against anything typed."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection

from tequio.kernel.models import SearchEntry
from tequio.kernel.search import MOST_HITS, Entry, Findable, Segment, search
from tequio.kernel.searchindex import rebuild

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_django.fixtures import DjangoAssertNumQueries

NOON = datetime(2026, 3, 2, 18, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 18, tzinfo=UTC)

ENTRIES = [
    Entry(
        key="c:1",
        title="Participación en los municipios",
        text="Los jueces escuchan.",
        url="/c/1/",
    ),
    Entry(key="c:2", title="Agua limpia", text="Con la participación de 125 municipios. " * 20, url="/c/2/"),
    Entry(key="c:3", title="Participaciones", text="Dinero de la federación.", url="/c/3/"),
    Entry(key="c:4", title="Un juez", text="Los ODS y la Agenda 2030", url="/c/4/"),
    Entry(key="c:5", title="Borrador sobre participación", text="", url="/c/5/", published=False),
    Entry(key="c:6", title="<b>Atención</b>", text='It\'s "quoted" & <script>agua</script>', url="/c/6/"),
]
# The engines are compared by this table: each lane must give these keys in this order.
ANSWERS = {
    "participacion": ["c:3", "c:1", "c:2"],
    "PARTICIPACIONES": ["c:3", "c:1", "c:2"],
    "participación municipios": ["c:1", "c:2"],
    "juez": ["c:4", "c:1"],
    "jueces": ["c:4", "c:1"],
    "ods 2030": ["c:4"],
    "agua": ["c:2", "c:6"],
    "125": ["c:2"],
    "quoted": ["c:6"],
    "agua AND nada": [],
    "borrador": [],
}


def source(entries: Iterable[Entry], kind: str = "commitment") -> list[Findable]:
    return [Findable(kind=kind, label="Compromisos", entries=lambda: entries)]


@pytest.fixture
def filled(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("db")
    rebuild(at=NOON, sources=source(ENTRIES))


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("question", "keys"), ANSWERS.items())
def test_every_engine_gives_the_same_hits_in_the_same_order(question: str, keys: list[str]) -> None:
    results = search(question)
    assert [hit.key for hit in results.hits] == keys
    assert (results.total, results.has_more) == (len(keys), False)


@pytest.mark.postgres
@pytest.mark.usefixtures("filled")
def test_postgresql_answers_from_its_word_indexes() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM kernel_searchentry WHERE vector @@ '(''agu'')'::tsquery LIMIT 5")
        assert "kernel_searchentry_all" in "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.usefixtures("filled")
def test_pages_and_kinds_bound_the_hits() -> None:
    assert [hit.key for hit in search("participacion", limit=1, offset=1).hits] == ["c:1"]
    assert search("participacion", limit=1, offset=1).total == 3
    beyond = search("participacion", offset=50)
    assert (beyond.total, beyond.hits) == (3, [])
    assert search("participacion", offset=10**30).total == 0
    assert search("participacion", kinds=["commitment"]).total == 3
    assert search("participacion", kinds=["other", "') --"]).total == 0
    assert search("participacion", kinds=[]).total == 0


@pytest.mark.usefixtures("filled")
def test_matches_are_marked_in_plain_segments() -> None:
    hit = search("agua").hits[1]
    assert "".join(part.text for part in hit.snippet) == 'It\'s "quoted" & <script>agua</script>'
    assert [part.text for part in hit.snippet if part.is_match] == ["agua"]
    title = search("participacion").hits[1].title
    assert title == [Segment("Participación", is_match=True), Segment(" en los municipios", is_match=False)]
    long = search("municipios").hits[1].snippet
    assert sum(len(part.text) for part in long) <= 242
    assert any(part.is_match for part in long)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "question",
    [
        *("", " ", "\x00", "agua\x00", "'", '"', '"agua', "agua*", "title_terms:agua", "agua) OR (1=1"),
        *("NEAR(agua)", "-agua", "!agua", "agua & | !", "<->", "%s %(words)s {}", "\\", "de la que"),
        *("a" * 10_240, "agua " * 2_048, "\ud800agua", "ﷺ ½ ℀"),
    ],
)
def test_hostile_question_is_answered(question: str) -> None:
    assert search(question).total in {0, 2}


@pytest.mark.usefixtures("filled")
def test_search_costs_two_queries_at_most(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        search("participación municipios", limit=100)
    with django_assert_num_queries(0):
        search("de la")


@pytest.mark.usefixtures("filled")
def test_rebuild_writes_only_what_changed_and_removes_what_is_gone() -> None:
    changed = [*ENTRIES[1:], Entry(key="c:7", title="Nuevo\x00 pozo", text="de agua", url="/c/7/")]
    done = rebuild(at=LATER, sources=source(changed))
    assert (done.written, done.unchanged, done.removed) == (1, 4, 1)
    assert {hit.key for hit in search("agua").hits} == {"c:2", "c:6", "c:7"}
    assert [hit.key for hit in search("juez").hits] == ["c:4"]
    assert SearchEntry.objects.filter(updated_at=NOON).count() == 4
    again = rebuild(at=LATER, sources=source(changed))
    assert (again.written, again.unchanged, again.removed) == (0, 5, 0)


@pytest.mark.usefixtures("filled")
def test_changed_text_is_found_by_its_new_words_only() -> None:
    rebuild(at=LATER, sources=source([Entry(key="c:1", title="Otro nombre", text="", url="/c/1/")]))
    assert [hit.key for hit in search("nombre").hits] == ["c:1"]
    assert search("participación").total == 0


@pytest.mark.django_db
def test_total_is_bounded_and_says_so() -> None:
    def many() -> Iterator[Entry]:
        for n in range(MOST_HITS + 50):
            yield Entry(key=f"k:{n:05}", title="Título único" if n == MOST_HITS + 40 else "Cosa", text="agua", url="/")

    rebuild(at=NOON, sources=[Findable("thing", "Cosas", many)])
    results = search("agua")
    assert (results.total, results.has_more, len(results.hits)) == (MOST_HITS, True, 20)
    assert search("título agua").total == 1


@pytest.mark.django_db
def test_titles_that_are_too_many_are_told_so_and_come_before_texts() -> None:
    many = [Entry(key=f"k:{n:05}", title="Agua", text="pozo " * 3, url="/") for n in range(MOST_HITS)]
    text = Entry(key="a", title="Otra", text="agua", url="/")
    rebuild(at=NOON, sources=source([*many, text]))
    results = search("agua", limit=1)
    assert (results.total, results.has_more, results.hits[0].key) == (MOST_HITS, True, "k:00000")
    rebuild(at=LATER, sources=source([*many[:-1], text]))
    results = search("agua", limit=1, offset=MOST_HITS - 1)
    assert (results.total, results.has_more, [hit.key for hit in results.hits]) == (MOST_HITS, False, ["a"])
    rebuild(at=LATER, sources=source([*many, Entry(key="z", title="Agua", text="", url="/")]))
    assert search("agua").has_more


@pytest.mark.django_db
def test_two_things_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="have the key"):
        rebuild(at=NOON, sources=source([ENTRIES[0], ENTRIES[0]]))
    assert not SearchEntry.objects.exists()


@pytest.mark.django_db
def test_command_rebuilds_from_the_rooms_and_says_so() -> None:
    rebuild(at=NOON, sources=source([Entry(key="gone", title="Ya no", text="", url="/")]))
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert "1 retiradas" in out.getvalue()
    assert not SearchEntry.objects.filter(key="gone").exists()
