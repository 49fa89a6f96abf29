"""The pack of the first state: whole, loaded once or not at all, and mended without losing anything."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Sum

from tequio.accounts.enums import OrganizationKind
from tequio.accounts.models import Jurisdiction, Organization, Person, PopulationCount
from tequio.kernel.models import Concept, ConceptScheme
from tequio.kernel.packs import PackFaulty, load_pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from tequio.kernel.upsert import Tally

pytestmark = [pytest.mark.django_db]
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
MODELS = (ConceptScheme, Concept, Jurisdiction, PopulationCount, Organization, Person)


def load(folder: Path) -> list[Tally]:
    return [tally for tallies in load_pack(folder, by=None, at=AT).values() for tally in tallies]


def rows_of(pack: Path, file: str) -> list[dict[str, str]]:
    with (pack / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Give a copy of the state's tables, to be spoilt."""
    folder = tmp_path / "edomex"
    folder.mkdir()
    for file in [*Path(settings.PACKS, "edomex").glob("*.csv"), Path(settings.PACKS, "edomex/paquete.yaml")]:
        shutil.copy(file, folder)
    return folder


def spoil(pack: Path, file: str, change: Callable[[list[dict[str, str]]], object]) -> None:
    """Change the rows of a table."""
    rows = rows_of(pack, file)
    columns = list(rows[0])
    change(rows)
    with (pack / file).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows)


def put(number: int, name: str, value: str) -> Callable[[list[dict[str, str]]], object]:
    """Return the change of one cell, in a row as a spreadsheet numbers it."""
    return lambda rows: rows[number - 2].update({name: value})


def test_the_state_has_125_municipalities_with_both_numbers_and_its_people(pack: Path) -> None:
    load(pack)
    places = Jurisdiction.objects.municipalities()
    assert places.count() == 125
    assert places.values("electoral_code").distinct().count() == 125
    assert sum(place.code[2:].lstrip("0") != place.electoral_code for place in places) == 96
    counted = PopulationCount.objects.filter(jurisdiction__in=places).aggregate(
        people=Sum("people"), women=Sum("women"), men=Sum("men")
    )
    state = PopulationCount.objects.get(jurisdiction__code="15")
    assert counted == {"people": state.people, "women": state.women, "men": state.men}
    assert state.people == 16_992_418
    assert not Jurisdiction.objects.filter(certainty="").exists()
    assert not Jurisdiction.objects.filter(source="").exists()


def test_the_tile_map_is_compact_and_looks_like_the_state(pack: Path) -> None:
    load(pack)
    tiles = {
        place.code: (place.tile_column or 0, place.tile_row or 0) for place in Jurisdiction.objects.municipalities()
    }
    assert len(set(tiles.values())) == 125
    assert {min(column for column, _ in tiles.values()), min(row for _, row in tiles.values())} == {1}
    assert max(max(tile) for tile in tiles.values()) <= 16
    west, east, north, south = (tiles[code] for code in ("15110", "15099", "15045", "15082"))
    assert west[0] < east[0]
    assert north[1] < south[1]
    one, neighbour = tiles["15054"], tiles["15106"]
    assert max(abs(one[0] - neighbour[0]), abs(one[1] - neighbour[1])) == 1


def test_organizations_persons_and_lists_are_those_of_the_documents(pack: Path) -> None:
    load(pack)
    kinds = Organization.objects.values_list("kind", flat=True)
    assert list(kinds).count(OrganizationKind.CIVIL_SOCIETY) == 14
    guarantor = Organization.objects.get(kind=OrganizationKind.GUARANTOR)
    assert (guarantor.successor, guarantor.valid_to) == (None, None)
    assert "lo sucede" in guarantor.certainty
    assert Person.objects.count() == 14
    assert {scheme.key: scheme.concepts.count() for scheme in ConceptScheme.objects.all()} == {
        "ods": 17,
        "ods-metas": 41,
        "plan-estatal-2017-2023": 7,
        "plan-estatal-2023-2029": 7,
        "ogp-valores": 4,
        "ogp-areas-desafio": 10,
        "ogp-etiquetas": 86,
        "irm-codigos": 38,
        "guia-pilares": 4,
        "guia-beneficios": 8,
        "guia-pasos": 6,
        "mesas-glosario": 10,
    }
    assert not Concept.objects.filter(certainty="").exists()
    axes = Concept.objects.filter(scheme__key__startswith="plan-estatal")
    assert set(axes.in_force(AT.replace(year=2020).date()).values_list("scheme__key", flat=True)) == {
        "plan-estatal-2017-2023"
    }


def test_loading_the_same_pack_twice_changes_nothing(pack: Path) -> None:
    first = load(pack)
    before = [list(model.objects.order_by("pk").values()) for model in MODELS]
    second = load(pack)
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == before
    assert all((tally.added, tally.changed, tally.gone) == (0, 0, ()) for tally in second)
    assert [tally.added for tally in first] == [tally.same for tally in second]


def test_a_changed_row_is_changed_two_rows_swap_and_a_row_that_left_is_reported(pack: Path) -> None:
    load(pack)
    one, other = (Jurisdiction.objects.get(code=code) for code in ("15001", "15002"))

    def swap(rows: list[dict[str, str]]) -> None:
        for name in ("columna", "renglon", "numero_electoral"):
            rows[0][name], rows[1][name] = rows[1][name], rows[0][name]
        rows.pop()

    spoil(pack, "municipios.csv", swap)
    before, after, *_, last = rows_of(pack, "organizaciones.csv")
    spoil(pack, "organizaciones.csv", put(2, "sucesora", after["clave"]))
    spoil(pack, "organizaciones.csv", lambda rows: rows.pop())
    tallies = load_pack(pack, by=None, at=AT)
    one_now = Jurisdiction.objects.get(code="15001")
    assert (one_now.tile_column, one_now.tile_row) == (other.tile_column, other.tile_row)
    assert one_now.electoral_code == other.electoral_code != one.electoral_code
    succeeded = Organization.objects.get(key=before["clave"])
    assert succeeded.successor == Organization.objects.get(key=after["clave"])
    assert tallies["organizaciones.csv"][0].gone == (last["nombre"],)
    assert len(tallies["municipios.csv"][0].gone) == 1
    assert Jurisdiction.objects.municipalities().count() == 125


FAULTS = {
    ("municipios.csv", 3, "poblacion", "171508"): "la suma de mujeres y hombres (171507)",
    ("municipios.csv", 3, "poblacion", "171,507"): "número entero",
    ("municipios.csv", 3, "numero_electoral", "1"): "sin repetir de estado y numero_electoral",
    ("municipios.csv", 3, "cve_inegi", "15001"): "sin repetir de cve_inegi",
    ("municipios.csv", 3, "cve_inegi", "1502"): "cinco cifras",
    ("municipios.csv", 3, "estado", "9"): "alguna clave de «cve_inegi» en estado.csv",
    ("municipios.csv", 3, "ruta", "Á"): "sin acentos",
    ("municipios.csv", 3, "renglon", ""): "columna y renglón",
    ("municipios.csv", 3, "censo_fecha", ""): "el censo y la fecha",
    ("municipios.csv", 3, "nombre", "x" * 121): "a lo más 120 caracteres (hay 121)",
    ("organizaciones.csv", 3, "tipo", "Ente pblico"): "quizá quisiste escribir «Ente público»",
    ("organizaciones.csv", 3, "lugar", "15999"): "en estado.csv o municipios.csv",
    ("organizaciones.csv", 3, "sucesora", "nadie"): "«clave» en organizaciones.csv",
    ("organizaciones.csv", 3, "vigente_desde", "2021-02-30"): "que exista",
    ("organizaciones.csv", 3, "certeza", ""): "obligatorio",
    ("personas.csv", 3, "nombre", "a\x07"): "invisibles",
    ("conceptos.csv", 3, "lista", "odss"): "«clave» en listas.csv",
    ("conceptos.csv", 61, "vigente_hasta", "2017-01-01"): "posterior a «vigente_desde»",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_told_by_file_row_and_field_and_nothing_is_loaded(
    pack: Path, fault: tuple[str, int, str, str]
) -> None:
    file, row, name, value = fault
    spoil(pack, file, put(row, name, value))
    with pytest.raises(PackFaulty) as caught:
        load(pack)
    places = [str(found.place) for found in caught.value.faults]
    assert any(place.startswith(f"{file}, fila {row}, «") for place in places)
    assert any(FAULTS[fault] in str(found) for found in caught.value.faults)
    assert not any(model.objects.exists() for model in MODELS)


def test_a_clash_with_another_pack_is_a_fault_and_leaves_nothing_behind(pack: Path) -> None:
    Jurisdiction.objects.create(kind="state", code="99", name="Otro", slug=rows_of(pack, "municipios.csv")[0]["ruta"])
    with pytest.raises(PackFaulty, match=r"municipios\.csv, se encontró un dato que choca"):
        load(pack)
    assert Jurisdiction.objects.count() == 1
    assert not Concept.objects.exists()


def test_the_command_checks_without_loading_and_then_loads_with_counts(pack: Path) -> None:
    said = StringIO()
    call_command("load_pack", pack, "--check", stdout=said)
    assert "municipios.csv: 125 registros" in said.getvalue()
    assert not Jurisdiction.objects.exists()
    call_command("load_pack", pack, stdout=said)
    assert "municipios.csv, lugares: 125 altas, 0 cambios, 0 sin cambio" in said.getvalue()
    spoil(pack, "personas.csv", put(2, "clave", "Ñ"))
    with pytest.raises(CommandError, match="El paquete tiene 1 falla"):
        call_command("load_pack", pack, stdout=said)
