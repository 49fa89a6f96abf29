"""The address that a plan's documents print, whatever the page that stands on it."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(slug)


site = ([path("ejercicios/<slug:slug>/plan/", page, name="plan")], "site")
urlpatterns = [path("", include(site))]
