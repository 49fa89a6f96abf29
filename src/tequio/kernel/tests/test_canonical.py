from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.kernel.canonical import Json, canonical, digest, instant
from tequio.kernel.tests.people import NOON

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_canonical_reads_back_and_does_not_depend_on_the_order_of_keys(value: Json) -> None:
    text = canonical(value)
    assert canonical(json.loads(text)) == text
    if isinstance(value, dict):
        assert digest(dict(reversed(value.items()))) == digest(value)


@given(values, values)
def test_two_values_have_one_text_only_if_they_are_the_same_json(one: Json, other: Json) -> None:
    assert (canonical(one) == canonical(other)) == (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: "a"}, "a\0", {"a\0": 1}, [{"x": NOON}], {"a", "b"}, "\ud800"])
def test_canonical_refuses_what_engines_or_languages_write_differently(value: Json) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def test_an_instant_is_written_in_utc_and_needs_its_zone() -> None:
    assert instant(NOON) == "2026-01-31T18:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        instant(NOON.replace(tzinfo=None))
