"""The addresses of the site room."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.site.views import status

about_the_service: list[URLPattern] = [
    path("salud", status.probe, name="probe"),
    path("estado/", status.status, name="status"),
    path("registro/", status.ledger, name="ledger"),
    path("registro.jsonl", status.ledger_file, name="ledger-file"),
    path("verificador.py", status.verifier, name="verifier"),
]

app_name = "site"
urlpatterns = [*about_the_service]
