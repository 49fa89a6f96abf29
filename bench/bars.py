"""What is measured, and what each measurement must reach.

A bar names a figure of the measurement and its limit; several are joined by «,» and all must hold.
"""

from __future__ import annotations

from typing import Final

# What stands between braces is read from the demo's data (Stage.address).
PAGES: Final = {
    "home": "/",
    "board": "/tablero/",
    "exercise": "/ejercicios/{exercise}/",
    "plan": "/ejercicios/{exercise}/plan/",
    "commitment": "/ejercicios/{exercise}/compromisos/{number}/",
    "roadmap": "/ejercicios/{exercise}/compromisos/{number}/hoja-de-ruta/",
    "municipalities": "/municipios/",
    "search": "/buscar/?q=datos",
    "catalogue": "/datos/",
    "dataset": "/datos/compromisos/",
}
LIST: Final = "/api/v1/compromisos?limite=100"
ONE: Final = "/api/v1/compromisos/{code}"

UNCACHED: Final = "value >= 150, cpu_ms <= 10, queries <= 8"
BARS: Final[dict[str, str]] = {
    "page.cached": "ratio >= 0.15, cpu_ms <= 0.12",
    "page.unchanged": "ratio >= 0.15, cpu_ms <= 0.12",
    "page.behind-nginx": "ratio >= 0.6",
    "page.database-stopped": "value >= 2",
    **{f"page.uncached.{page}": UNCACHED for page in PAGES},
    **{f"page.growth.{page}": "ratio <= 1.1" for page in PAGES},
    "visit.weight": "value <= 100",
    "visit.first-content": "value <= 14",
    "visit.javascript": "value <= 15",
    "visit.requests": "value <= 10",
    "api.list.postgresql": "ratio >= 0.35, queries <= 4",
    "api.one.postgresql": "ratio >= 0.4, queries <= 4",
    "api.list.sqlite": "ratio >= 0.35, queries <= 4",
    "api.one.sqlite": "ratio >= 0.4, queries <= 4",
    "search.page.postgresql": "value >= 150",
    "search.query.postgresql": "value >= 150",
    "export.csv.postgresql": "ratio >= 0.5, peak_mb <= 150",
    "export.csv.sqlite": "ratio >= 0.1, peak_mb <= 150",
    "plan.pdf": "value <= 1, peak_mb <= 300",
    "pack.load": "",
    "seating.time": "value <= 1",
    "seating.sectors": "value <= 0",
    "seating.institutions": "value <= 0",
    "seating.uneven": "value <= 0",
    "seating.neighbours": "value <= 0",
    "room.phones": "value <= 50",
    "demo.second-start": "value <= 5",
    "demo.memory": "value <= 250",
    "demo.worker-memory": "value <= 130",
}
