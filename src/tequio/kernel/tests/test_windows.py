from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st

from tequio.kernel.models import WindowQuerySet, WithWindow, window_constraint
from tequio.kernel.tests.people import NOON
from tequio.kernel.windows import Window, WindowState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

instants = st.timedeltas(timedelta(days=-4000), timedelta(days=8000)).map(lambda shift: NOON + shift)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    opens = draw(instants)
    length = draw(st.none() | st.timedeltas(timedelta(microseconds=1), timedelta(days=900)))
    return Window(opens, opens + length if length else None)


@given(windows())
def test_a_window_holds_its_opening_and_not_its_close(window: Window) -> None:
    assert window.contains(window.opens_at)
    assert not window.contains(window.opens_at - timedelta(microseconds=1))
    if window.closes_at:
        assert not window.contains(window.closes_at)
        assert window.contains(window.closes_at - timedelta(microseconds=1))


@given(windows(), instants)
def test_the_state_stays_until_the_next_change_and_is_another_there(window: Window, instant: datetime) -> None:
    change, state = window.next_change(instant), window.state_at(instant)
    if change is None:
        assert window.state_at(instant + timedelta(days=40_000)) is state
    else:
        assert change > instant
        assert window.state_at(change - timedelta(microseconds=1)) is state
        assert window.state_at(change) is not state


@given(windows(), instants, instants)
def test_states_only_go_forward(window: Window, one: datetime, other: datetime) -> None:
    order = list(WindowState)
    earlier, later = sorted((one, other))
    assert order.index(window.state_at(earlier)) <= order.index(window.state_at(later))


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        (NOON, NOON),
        (NOON, NOON - timedelta(seconds=1)),
        (NOON.replace(tzinfo=None), None),
        (NOON, NOON.replace(tzinfo=None)),
    ],
)
def test_an_impossible_window_is_refused(opens: datetime, closes: datetime | None) -> None:
    with pytest.raises(ValueError, match="window"):
        Window(opens, closes)


class Call(WithWindow):
    """A table that exists only in this test, to run the query and the constraint in the database."""

    objects = WindowQuerySet["Call"].as_manager()

    class Meta:
        app_label = "kernel_test"
        constraints = [window_constraint("call")]


@pytest.fixture
def calls() -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Call)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Call)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("calls")
def test_the_query_agrees_with_the_window_and_the_database_refuses_an_impossible_one() -> None:
    hour = timedelta(hours=1)
    for opens, closes in ((NOON, NOON + hour), (NOON, None), (NOON + hour, NOON + 2 * hour)):
        Call.objects.create(opens_at=opens, closes_at=closes)
    for step in range(-1, 6):
        instant = NOON + step * hour / 2
        expected = [call.pk for call in Call.objects.order_by("pk") if call.window.contains(instant)]
        assert list(Call.objects.open_at(instant).order_by("pk").values_list("pk", flat=True)) == expected
    with pytest.raises(IntegrityError, match="call_closes_after_opening"):
        Call.objects.create(opens_at=NOON, closes_at=NOON)
