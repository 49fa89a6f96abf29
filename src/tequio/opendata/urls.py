"""The addresses of the data and of the API."""

from django.urls import URLPattern, URLResolver, include, path

from tequio.opendata import views
from tequio.opendata.api import addresses

app_name = "opendata"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include(addresses())),
    path("api/", views.api_page, name="api"),
    path("data.json", views.data_json_file, name="data_json"),
    path("datos/", views.catalogue_page, name="catalogue"),
    path("datos/catalogo.<str:extension>", views.catalogue_graph, name="graph"),
    path("datos/todo/v/<str:version>.zip", views.everything_file, name="everything"),
    path("datos/<slug:key>/", views.dataset_page, name="dataset"),
    path("datos/<slug:key>/conjunto.jsonld", views.dataset_description, name="description"),
    path("datos/<slug:key>/dcat.<str:extension>", views.catalogue_graph, name="dataset_graph"),
    path("datos/<slug:key>/ultima/<str:name>", views.newest_file, name="newest"),
    path("datos/<slug:key>/v/<str:version>/<str:name>", views.released_file, name="file"),
]
