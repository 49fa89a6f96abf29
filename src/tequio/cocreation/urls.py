"""The addresses of diagnosis and co-creation, a list for each of its parts."""

from django.urls import path

from tequio.cocreation.views import consulting, problems, themes

app_name = "cocreation"
EXERCISE = "ejercicios/<slug:slug>/"
WORK = f"{EXERCISE}trabajo/"
theme_pages = [
    path(f"{EXERCISE}tematicas/", themes.themes, name="themes"),
    path(f"{WORK}tematicas/", themes.work_themes, name="work_themes"),
    path(f"{WORK}tematicas/nueva/", themes.new_theme, name="new_theme"),
    path(f"{WORK}tematicas/<slug:key>/", themes.edit_theme, name="edit_theme"),
    path(f"{WORK}tematicas/<slug:key>/aprobar/", themes.approve, name="approve_theme"),
    path(f"{WORK}tematicas/<slug:key>/retirar/", themes.withdraw, name="withdraw_theme"),
]
PROBLEMS = f"{EXERCISE}problemas/"
problem_pages = [
    path(PROBLEMS, problems.problems, name="problems"),
    path(f"{PROBLEMS}proponer/", problems.propose, name="propose_problem"),
    path(f"{PROBLEMS}<int:number>/", problems.problem, name="problem"),
    path(f"{PROBLEMS}<int:number>/apoyar/", problems.support, name="support_problem"),
    path(f"{PROBLEMS}mi-propuesta/<str:token>/", problems.own_problem, name="own_problem"),
    path(f"{PROBLEMS}mi-apoyo/<str:token>/", problems.own_support, name="support"),
    path(f"{WORK}problemas/", consulting.work_problems, name="work_problems"),
    path(f"{WORK}problemas/consulta/", consulting.consultation, name="consultation"),
    path(f"{WORK}problemas/cerrar/", consulting.close, name="close_consultation"),
    path(f"{WORK}problemas/<int:number>/", consulting.answer, name="answer_problem"),
]
urlpatterns = [*theme_pages, *problem_pages]
