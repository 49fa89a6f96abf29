"""The addresses of the pages where rooms meet."""

from django.urls import path

from tequio.site.views import commitment, exercise, plan

app_name = "site"
exercise_pages = [
    path("ejercicios/", exercise.exercise_list, name="exercises"),
    path("ejercicios/<slug:slug>/", exercise.exercise, name="exercise"),
    path("ejercicios/<slug:slug>/arboles/<slug:key>/", exercise.tree, name="tree"),
    path("ejercicios/<slug:slug>/plan/", plan.plan, name="plan"),
    path("ejercicios/<slug:slug>/plan/inconsistencias/", plan.inconsistencies, name="inconsistencies"),
    path("ejercicios/<slug:slug>/plan/<str:name>", plan.plan_file, name="plan_file"),
    path("ejercicios/<slug:slug>/compromisos/", plan.commitments, name="commitments"),
    path("ejercicios/<slug:slug>/compromisos/<int:number>/", commitment.commitment, name="commitment"),
    path(
        "ejercicios/<slug:slug>/compromisos/<int:number>/hoja-de-ruta/",
        commitment.commitment_roadmap,
        name="commitment_roadmap",
    ),
    path(
        "embed/ejercicios/<slug:slug>/compromisos/<int:number>/",
        commitment.commitment_embed,
        name="commitment_embed",
    ),
]
urlpatterns = [*exercise_pages]
