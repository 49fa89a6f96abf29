"""The addresses of exercises."""

from django.urls import path

from tequio.exercises.views import accompaniment

app_name = "exercises"
accompaniment_pages = [
    path("garante/mi-municipio/", accompaniment.own_municipality, name="own_municipality"),
    path("garante/regla/<slug:slug>/", accompaniment.quiet, name="quiet_days"),
    path("garante/reparto/<slug:slug>/", accompaniment.share_out, name="share_out"),
    path("garante/municipios/<slug:slug>/", accompaniment.municipality, name="accompaniment"),
    path("garante/municipios/<slug:slug>/contactos/nuevo/", accompaniment.new_contact, name="new_contact"),
    path("garante/municipios/<slug:slug>/contactos/<int:number>/resultado/", accompaniment.outcome, name="outcome"),
    path("garante/municipios/<slug:slug>/acompanante/", accompaniment.companion, name="companion"),
    path("garante/municipios/<slug:slug>/ayuda/", accompaniment.ask, name="ask_for_help"),
    path("garante/municipios/<slug:slug>/ayuda/retirar/", accompaniment.withdraw, name="withdraw_help"),
]
urlpatterns = [*accompaniment_pages]
