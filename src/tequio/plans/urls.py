"""The addresses of plans being written."""

from django.urls import path

from tequio.plans.views import preliminary

app_name = "plans"
WORK = "ejercicios/<slug:slug>/trabajo/compromisos/"
urlpatterns = [
    path("ejercicios/<slug:slug>/compromisos-preliminares/", preliminary.preliminary, name="preliminary"),
    path(WORK, preliminary.work, name="work"),
    path(f"{WORK}<slug:key>/definir/", preliminary.define, name="define"),
]
