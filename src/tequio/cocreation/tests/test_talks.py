"""The presentations of a kit, in the stages that show them and on the table's page; what is missing is said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import again

from tequio.cocreation.enums import StageTalk
from tequio.cocreation.models import Table, TemplateStage
from tequio.cocreation.packs import TEMPLATE_DOCUMENT
from tequio.cocreation.tests.gatherings import convened, template_of
from tequio.cocreation.tests.kits import SAYS, light, paper, saying
from tequio.cocreation.workflows import (
    KitTexts,
    StagePlan,
    add_document,
    next_stage,
    publish_kit,
    write_kit,
    write_stages,
)
from tequio.exercises.workflows import publish_event
from tequio.kernel.packs.fields import Choice, Unfit
from tequio.kernel.packs.schema import Listing, Section
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("CO-09")]
SOON = (timezone.now() + timedelta(hours=1)).replace(second=0, microsecond=0)


@pytest.fixture
def table(exercise: Exercise, liaison: User) -> Table:
    """An announced table whose second stage shows the context, and whose third the topic."""
    template = template_of(exercise)
    for order, shows in ((1, StageTalk.CONTEXT), (2, StageTalk.TOPIC)):
        TemplateStage.objects.filter(template=template, order=order).update(shows=shows)
    table = convened(exercise, liaison, starts_at=SOON, ends_at=SOON + timedelta(hours=5), criteria="Que se pueda.")
    publish_event(table.event, by=again(liaison), at=timezone.now())
    return Table.objects.get(pk=table.pk)


def with_kit(table: Table, by: User) -> None:
    """Publish a kit with a presentation of the context."""
    who = {"by": again(by), "at": timezone.now()}
    write_kit(table, KitTexts(context="Basura."), **who)
    add_document(table, saying("tree", title="Árbol"), paper(), **who)
    talk = saying("context_talk", title="Qué es el gobierno abierto", url="https://example.mx/contexto", **SAYS)
    add_document(table, talk, **who)
    publish_kit(Table.objects.get(pk=table.pk), light, **who)


def test_a_table_gets_what_its_method_shows_in_each_stage(table: Table, liaison: User) -> None:
    assert [stage.shows for stage in table.stages.all()] == ["", "context_talk", "topic_talk", "", ""]
    with pytest.raises(Refused, match="qué presentación"):
        write_stages(table, [StagePlan(name="A", minutes=5, shows="tree")], by=again(liaison), at=timezone.now())


def test_the_page_of_a_table_shows_its_presentations_and_what_is_missing(
    client: Client, table: Table, liaison: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    before = client.get(table.get_absolute_url()).content.decode()
    assert before.count("<strong>Falta.</strong>") == 2
    with_kit(table, liaison)
    with django_assert_max_num_queries(8):
        shown = client.get(table.get_absolute_url()).content.decode()
    assert 'href="https://example.mx/contexto"' in shown
    assert all(said in shown for said in SAYS.values())
    assert "El método pide una presentación del tema" in shown
    assert shown.count("<strong>Falta.</strong>") == 1


def test_the_screens_of_the_room_show_what_the_stage_shows(client: Client, table: Table, liaison: User) -> None:
    with_kit(table, liaison)
    who = {"by": again(liaison), "at": timezone.now()}
    screens = [reverse(f"cocreation:{name}", args=[table.room_code]) for name in ("room", "projector")]
    conduct = reverse("cocreation:conduct", args=[table.exercise.slug, table.event.slug])
    next_stage(table, seen=None, **who)
    assert all("Qué es el gobierno abierto" not in client.get(screen).content.decode() for screen in screens)
    next_stage(table, seen=0, **who)
    assert all("Qué es el gobierno abierto" in client.get(screen).content.decode() for screen in screens)
    next_stage(table, seen=1, **who)
    assert all("<strong>Falta.</strong>" in client.get(screen).content.decode() for screen in screens)
    client.force_login(again(liaison))
    assert "Agrega la presentación al kit" in client.get(conduct).content.decode()


def test_only_a_presentation_is_shown_by_a_pack() -> None:
    stages = next(part for part in TEMPLATE_DOCUMENT.fields if part.name == "etapas")
    assert isinstance(stages, Listing)
    assert isinstance(stages.of, Section)
    shows = next(part for part in stages.of.fields if part.name == "muestra")
    assert isinstance(shows, Choice)
    assert [shows.parse(word) for word in ("presentacion_de_contexto", "Presentación institucional")] == [
        StageTalk.CONTEXT,
        StageTalk.INSTITUTIONAL,
    ]
    with pytest.raises(Unfit, match="alguno de estos valores"):
        shows.parse("arbol_de_problemas")
