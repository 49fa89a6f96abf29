"""Names as a person reads them."""

from __future__ import annotations

import pytest

from tequio.kernel.spoken import person_name


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("ÚRSULA GÜEMES PÁEZ", "Úrsula Güemes Páez"),
        ("OSCAR IBARRA JIMÉNEZ", "Oscar Ibarra Jiménez"),
        ("MARÍA DEL MAR TREJO Y DE LA O", "María del Mar Trejo y de la O"),
        ("DE LA CRUZ ÁLVAREZ, ÍÑIGO", "De la Cruz Álvarez, Íñigo"),
        ("TOMÁS ÑÁÑEZ RÍOS (+) (2019-2020)", "Tomás Ñáñez Ríos (+) (2019-2020)"),
        ("ANA MUÑOZ-PEÑA", "Ana Muñoz-Peña"),
    ],
)
def test_a_name_in_capitals_is_shown_in_normal_case(published: str, shown: str) -> None:
    assert person_name(published) == shown


@pytest.mark.parametrize("name", ["Ana McDonald", "UNAM, Ana Ruiz", "", "Persona ciudadana 3"])
def test_a_name_not_in_capitals_is_shown_as_published(name: str) -> None:
    assert person_name(name) == name
