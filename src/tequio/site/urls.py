"""The addresses of the pages where rooms meet."""

from django.urls import path

from tequio.site.views import (
    agenda,
    codes,
    commitment,
    demo,
    exercise,
    exercise_work,
    home,
    machines,
    mail,
    mailbox,
    overview,
    places,
    plan,
    search,
    setup,
    status,
    work,
)

app_name = "site"
exercise_pages = [
    path("ejercicios/", exercise.exercise_list, name="exercises"),
    path("ejercicios/<slug:slug>/", exercise.exercise, name="exercise"),
    path("mis-ejercicios/", exercise_work.exercises_at_work, name="exercises_at_work"),
    path("municipios/<slug:slug>/alta/", setup.setup, name="setup"),
    path("ejercicios/<slug:slug>/trabajo/vista-previa/", setup.preview, name="exercise_preview"),
    path("ejercicios/<slug:slug>/trabajo/", exercise_work.work, name="exercise_work"),
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
]
common_pages = [
    path("", home.first_page, name="home"),
    path("municipios/", places.places, name="municipalities"),
    path("municipios/<slug:slug>/", places.place, name="municipality"),
    path("agenda/", agenda.agenda_page, name="agenda"),
    path("agenda.ics", agenda.agenda_calendar, name="agenda_calendar"),
    path("ejercicios/<slug:slug>/agenda.ics", agenda.agenda_calendar, name="exercise_calendar"),
    path("buscar/", search.search_page, name="search"),
    path("c/<slug:code>/", codes.short, name="code"),
    path("c/<slug:code>/qr.svg", codes.short_qr, name="code_qr"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path(".well-known/security.txt", machines.security, name="security"),
]
service_pages = [
    path("salud", status.probe, name="probe"),
    path("estado/", status.status, name="status"),
    path("demostracion/", demo.demonstration, name="demonstration"),
    path("buzon/", mailbox.mailbox, name="mailbox"),
    path("buzon/<str:name>/", mailbox.letter, name="letter"),
    path("registro/", status.ledger, name="ledger"),
    path("registro.jsonl", status.ledger_file, name="ledger-file"),
    path("verificador.py", status.verifier, name="verifier"),
]
own_pages = [
    path("mi-trabajo/", work.work_page, name="work"),
    path("mi-trabajo/calendario/", work.work_calendar, name="work_calendar"),
    path("mi-trabajo/<str:token>.ics", work.work_calendar_file, name="work_calendar_file"),
    path("garante/correo/", mail.mail_test, name="mail_test"),
]
guarantor_pages = [
    path("garante/", overview.guarantor, name="guarantor"),
    path("garante/municipios.csv", overview.guarantor_file, name="guarantor_file"),
]
urlpatterns = [*exercise_pages, *common_pages, *own_pages, *service_pages, *guarantor_pages]
