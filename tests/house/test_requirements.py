"""Every requirement id that a test carries exists; conftest refuses others when it collects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bootstrap.requirements import known_requirements, marked_tests, shown_requirements, unknown_requirements

if TYPE_CHECKING:
    from pathlib import Path


SAMPLE = """
import pytest
pytestmark = pytest.mark.req("PL-09")

@pytest.mark.req("PL-10", "PL-12")
def test_page(): ...

@pytest.mark.req("EX-05")
class TestSeats:
    def test_history(self): ...
"""


def test_marks_of_file_class_and_function_are_read(tmp_path: Path) -> None:
    sample = tmp_path / "test_sample.py"
    sample.write_text(SAMPLE)
    assert dict(marked_tests(sample)) == {
        "test_page": ["PL-09", "PL-10", "PL-12"],
        "test_history": ["PL-09", "EX-05"],
    }


def test_ids_in_the_tests_exist() -> None:
    assert set(shown_requirements()) <= set(known_requirements())


def test_an_unknown_id_is_named_with_its_test() -> None:
    assert unknown_requirements([("a.py::test_a", "PL-09"), ("b.py::test_b", "ZZ-99")]) == ["b.py::test_b: ZZ-99"]
