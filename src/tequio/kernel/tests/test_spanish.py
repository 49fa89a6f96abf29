"""The analyser: accents and case never change what is found, and every document finds itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.kernel.spanish import MOST_WORDS, STOP_WORDS, WORD, document_terms, fold, question_terms

SPANISH = st.text(alphabet="abcdefghijlmnopqrstuvxyzáéíóúüñABCÁÉÑ0123456789 .,;-", min_size=1, max_size=80)


def finds(question: str, document: str) -> bool:
    asked, kept = question_terms(question), document_terms(document)
    return bool(asked) and all(word & kept for word in asked)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("participacion", "La participación ciudadana"),
        ("participacion", "Participaciones federales"),
        ("PARTICIPACIÓN", "participaciones"),
        ("acciones", "una ACCIÓN clave"),
        ("jueces", "el juez"),
        ("juez", "los jueces"),
        ("raíces", "la raiz del problema"),
        ("interés", "los intereses"),
        ("municipio", "los 125 municipios"),
        ("125", "los 125 municipios"),
        ("ods", "los ODS de la Agenda 2030"),
        ("2030 ods", "los ODS de la Agenda 2030"),
        ("año", "en el ano 2021"),
        ("plan de acción", "PLAN DE ACCIÓN LOCAL"),
        ("locales", "PLAN DE ACCIÓN LOCAL"),
    ],
)
def test_question_finds_document(question: str, document: str) -> None:
    assert finds(question, document)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("municipio agua", "los municipios"),
        ("planta", "el plan"),
        ("vacante", "la Unidad VACAS de riego"),
        ("2019", "en 20190"),
    ],
)
def test_question_does_not_find_document(question: str, document: str) -> None:
    assert not finds(question, document)


def test_acronym_is_kept_whole_beside_words() -> None:
    assert document_terms("Padrón ASES del estado") == {"padron", "ases", "estad"}


@given(SPANISH)
def test_accents_and_case_never_change_a_question(question: str) -> None:
    asked = question_terms(question)
    assert question_terms(question.upper()) == asked
    assert question_terms(fold(question)) == asked


@given(SPANISH)
def test_document_finds_itself_by_each_word_in_any_writing(document: str) -> None:
    for word in WORD.findall(document):
        if fold(word) not in STOP_WORDS:
            assert finds(word, document)
            assert finds(fold(word), document)
            assert finds(word.upper(), document)


@given(st.text(max_size=200))
def test_terms_are_safe_to_quote_in_any_engine(text: str) -> None:
    for term in document_terms(text).union(*question_terms(text)):
        assert term.isalnum()
        assert 0 < len(term) <= 64


def test_question_is_bounded() -> None:
    assert len(question_terms(" ".join(f"palabra{n}" for n in range(5_000)))) == MOST_WORDS
    assert question_terms("de la los y que") == []
    assert question_terms("\x00'\"*()&|!:<-> AND OR NOT NEAR") == question_terms("AND OR NOT NEAR")
