"""Nobody can work out a small count from what is published: shown against every table that it could be."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.kernel.smallcells import LEAST, TOTAL, SafeTable, safe_counts, safe_table

pytestmark = pytest.mark.req("SI-06")

ROWS, COLUMNS = ("a", "b", "c"), ("x", "y", "z")


def tables(rows: int, columns: int, most: int) -> st.SearchStrategy[dict[tuple[str, str], int]]:
    cells = [*product(ROWS[:rows], COLUMNS[:columns])]
    numbers = st.one_of(st.integers(0, most), st.sampled_from([0, 0, 1, 2]))
    return st.tuples(*[numbers for _ in cells]).map(lambda found: dict(zip(cells, found, strict=True)))


def possible(shown: SafeTable, most: int) -> list[dict[tuple[str, str], int]]:
    """Return every table that agrees with all that is shown; what is hidden is from 1 to `most`: zeros are shown."""
    inner = [*product(shown.rows, shown.columns)]
    free = [cell for cell in inner if shown.counts[cell] is None]
    found = []
    for guess in product(range(1, most + 1), repeat=len(free)):
        table = {cell: shown.counts[cell] for cell in inner} | dict(zip(free, guess, strict=True))
        whole = safe_totals(table, shown)
        if all(count is None or count == whole[cell] for cell, count in shown.counts.items()):
            found.append(whole)
    return found


def settled(shown: SafeTable, most: int) -> list[tuple[str, str]]:
    """Return the hidden cells that can be only one number."""
    could_be = possible(shown, most)
    hidden = [cell for cell, count in shown.counts.items() if count is None]
    return [cell for cell in hidden if len({table[cell] for table in could_be}) < 2]


def safe_totals(table: dict[tuple[str, str], int], shown: SafeTable) -> dict[tuple[str, str], int]:
    whole = dict(table)
    for row in shown.rows:
        whole[row, TOTAL] = sum(table[row, column] for column in shown.columns)
    for column in (*shown.columns, TOTAL):
        whole[TOTAL, column] = sum(whole[row, column] for row in shown.rows)
    return whole


@settings(deadline=None, max_examples=80)
@given(st.one_of(tables(2, 2, 7), tables(3, 1, 7)))
def test_every_hidden_count_could_be_two_numbers(counts: dict[tuple[str, str], int]) -> None:
    shown = safe_table(counts, sorted({row for row, _ in counts}), sorted({column for _, column in counts}))
    assert settled(shown, 9) == []


@settings(deadline=None, max_examples=40)
@given(tables(3, 2, 4))
def test_the_same_with_three_rows(counts: dict[tuple[str, str], int]) -> None:
    assert settled(safe_table(counts, ROWS, COLUMNS[:2]), 5) == []


def test_a_table_that_hides_too_little_is_found() -> None:
    whole = {("a", "x"): 3, ("b", "x"): 20, ("a", TOTAL): 3, ("b", TOTAL): 20, (TOTAL, "x"): 23, (TOTAL, TOTAL): 23}
    careless = SafeTable(("a", "b"), ("x",), whole | {("a", "x"): None})
    assert settled(careless, 9) == [("a", "x")]


@given(tables(3, 3, 30))
def test_no_small_count_is_shown_and_what_is_shown_is_true(counts: dict[tuple[str, str], int]) -> None:
    shown = safe_table(counts, ROWS, COLUMNS)
    whole = safe_totals(counts, shown)
    for cell, count in shown.counts.items():
        assert count in {None, whole[cell]}
        assert count is None or not 0 < count < LEAST
        assert count == 0 or whole[cell] != 0


@given(tables(3, 3, 30).filter(lambda counts: all(count >= LEAST or not count for count in counts.values())))
def test_nothing_is_hidden_without_need(counts: dict[tuple[str, str], int]) -> None:
    assert not safe_table(counts, ROWS, COLUMNS).hides


def test_one_small_count_hides_a_second_of_its_row_and_column() -> None:
    shown = safe_table({("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40}, ROWS[:2], COLUMNS[:2])
    assert [shown.count(*cell) for cell in product("ab", "xy")] == [None] * 4
    assert (shown.count("a"), shown.count("b"), shown.count()) == (23, 70, 93)


def test_a_list_with_one_small_count_hides_its_smallest_neighbour() -> None:
    shown = safe_counts({"mujeres": 40, "hombres": 31, "prefiere no decir": 2})
    assert [shown.count(name) for name in ("mujeres", "hombres", "prefiere no decir")] == [40, None, None]
    assert shown.count() == 73


def test_two_hidden_ones_whose_sum_tells_both_take_a_third_with_them() -> None:
    shown = safe_counts({"a": 9, "b": 9, "c": 1, "d": 1})
    assert [shown.count(name) for name in ("a", "b", "c", "d")] in ([None, 9, None, None], [9, None, None, None])
    assert shown.count() == 20
    assert settled(shown, 11) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=5))
def test_no_count_of_a_list_can_be_worked_out(counts: list[int]) -> None:
    assert settled(safe_counts({f"g{number}": count for number, count in enumerate(counts)}), 8) == []


def test_a_group_that_is_itself_small_is_not_shown_at_all() -> None:
    shown = safe_counts({"mujeres": 2, "hombres": 1})
    assert [shown.count("mujeres"), shown.count("hombres"), shown.count()] == [None, None, None]


def test_the_lines_of_a_page_end_with_the_totals() -> None:
    shown = safe_table({("a", "x"): 5, ("b", "x"): 6}, ("a", "b"), ("x",))
    assert shown.lines() == [("a", [5, 5]), ("b", [6, 6]), (TOTAL, [11, 11])]


def test_a_nameless_row_is_refused() -> None:
    with pytest.raises(ValueError, match="totals"):
        safe_table({}, (TOTAL,), ("x",))
