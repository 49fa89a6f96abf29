"""What a template left behind is told from what somebody states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.kernel.placeholders import Missing, Reason, Stated, reading


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *[(text, Reason.EMPTY) for text in ("", "  \n\t", "...", "…", "-", "----", "\xa0", ". ;")],
        *[
            (text, Reason.UNDEFINED)
            for text in ("Por definir", "por definir.", "POR CONFIRMAR", "A definir", "Pendiente")
        ],
        *[
            (text, Reason.MARK)
            for text in ("xxx", "XXX.", "XX-XX", "2021-XX-XX", "2021-XX- XX", "XX/XX/2021", "(XX:). (XX:).")
        ],
        *[
            (text, Reason.MARK)
            for text in ("Tel: 722 X XX XXXX", "722 X XX XXXX", "xxx Objetivo de Desarrollo Sostenible: (XX:). (XX:).")
        ],
        *[
            (text, Reason.TEMPLATE)
            for text in ("Ayuda a ...", "Ayuda a", "Objetivo Acción 1", "Objetivo Acción 3.", "Objetivo Compromiso X")
        ],
        *[
            (text, Reason.TEMPLATE)
            for text in ("Objetivo Compromiso ABCDE.", 'Nos comprometemos a: "Objetivo Compromiso ABCDE".')
        ],
        (
            "Nombre Completo, Cargo de la ABCDE. Correo electrónico: nombre@abcde.org Tel: 722 X XX XXXX",
            Reason.TEMPLATE,
        ),
        ("Por definir, Cargo de la ABCDE. Correo electrónico: nombre@abcde.org .mx", Reason.TEMPLATE),
        ("nombre@dominio.org", Reason.TEMPLATE),
        *[(text, Reason.ENUMERATOR) for text in ("A", "1.", "a)", "3.\t", "a) ; b) ; c) ; d) .")],
    ],
)
def test_leftover_is_missing_with_its_reason(text: str, reason: Reason) -> None:
    assert reading(text) == Missing(reason, text)


@pytest.mark.parametrize(
    "text",
    [
        "XXI Congreso",
        "XX Asamblea",
        "Plan XXX aniversario",
        "XXIV",
        "III",
        "6° Cumbre",
        "México",
        "2021",
        "125",
        "Documento",
        "Sí",
        "No",
        "ONG",
        "Ayuda a remediar la percepción de desconfianza.",
        "Ayuda a los municipios",
        "Objetivo 16 de la Agenda 2030",
        "Objetivo del compromiso con las comunidades rurales de la sierra",
        "a) Fomenta la transparencia; b) Favorece la participación",
        "A. Diseño y desarrollo",
        "1. Reunión",
        "Tel: (722) 275.73.00 ext. 8451",
        "Nombre de la herramienta",
        "31-03-2021",
        "Marzo de 2021",
        "Pendiente de la ladera",
        "La fecha está por definir con los municipios",
        "nombres@abc.org y otros",
        "Rayos X",
        "Siglo XX",
        "rosa@abc.org.mx",
    ],
)
def test_statement_is_stated(text: str) -> None:
    assert reading(f"  {text} ") == Stated(text)


@given(st.text(alphabet="abcdefghijklmnñopqrstuvwyzáéíóú "))
def test_sentence_of_words_is_never_missing(text: str) -> None:
    sentence = f"Reunión de trabajo {text}"
    assert reading(sentence) == Stated(sentence.strip())


@given(st.text())
def test_nothing_is_lost_whatever_is_written(text: str) -> None:
    read = reading(text)
    assert (read.raw == text) if isinstance(read, Missing) else (read.text == text.strip())


@pytest.mark.parametrize(
    "text", ["a) " * 5_000 + "fin", "XX-" * 5_000 + "fin", "Tel " + "7 " * 5_000 + "a", "-" * 20_000 + "ab"]
)
def test_long_text_is_read_quickly(text: str) -> None:
    assert isinstance(reading(text), Stated)
