"""The addresses of an exercise's working pages and of its declaration."""

from django.urls import path

from tequio.exercises.views import declaration, opening, phases, tenure

app_name = "exercises"
WORK = "ejercicios/<slug:slug>/trabajo/"
urlpatterns = [
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
