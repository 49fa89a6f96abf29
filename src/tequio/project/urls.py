"""The addresses of the whole product; each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("estilo/", include("tequio.kernel.urls")),
    path("", include("tequio.opendata.urls")),
]
