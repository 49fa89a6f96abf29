"""The addresses of an exercise's working pages, of its declaration, and of the accompaniment of its place."""

from django.urls import path

from tequio.exercises.views import accompaniment, declaration, opening, phases, tenure

app_name = "exercises"
WORK = "ejercicios/<slug:slug>/trabajo/"
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
work_pages = [
    path("abrir-ejercicio/", opening.opening, name="open"),
    path(f"{WORK}fases/<int:order>/fechas/", phases.dates, name="phase_dates"),
    path(f"{WORK}fases/<int:order>/hecha/", phases.finish, name="finish_phase"),
    path(f"{WORK}fases/<int:order>/dispensa/", phases.waive, name="waive"),
    path(f"{WORK}metodo/", phases.method, name="method"),
    path(f"{WORK}entrega/", tenure.handing_over, name="hand_over"),
    path(f"{WORK}cierre/", tenure.close, name="close"),
    path(f"{WORK}declaracion/", declaration.preparing, name="declaration"),
    path(f"{WORK}declaracion/archivo", declaration.document_before, name="declaration_draft"),
    path(f"{WORK}declaracion/<slug:name>/", declaration.preparing_step, name="declaration_step"),
    path(f"{WORK}declaracion/firmantes/<int:order>/quitar/", declaration.drop_signatory, name="drop_signatory"),
    path("ejercicios/<slug:slug>/declaracion/", declaration.declaration_page, name="declaration_page"),
    path("ejercicios/<slug:slug>/declaracion/documento", declaration.document, name="declaration_document"),
]
urlpatterns = [*work_pages, *accompaniment_pages]
