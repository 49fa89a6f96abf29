"""The addresses of exercises; they are permanent."""

from django.urls import path

from tequio.exercises.views import applying, calls, reviewing, running

app_name = "exercises"
call_pages = [
    path("participa/", calls.participate, name="participate"),
    path("participa/imagenes/<slug:name>.webp", calls.public_picture, name="picture"),
    path("participa/<slug:slug>/<slug:key>/", calls.call, name="call"),
    path("participa/<slug:slug>/<slug:key>/inscripcion/", applying.apply, name="apply"),
    path("participa/<slug:slug>/<slug:key>/solicitud/", applying.your_application, name="your_application"),
    path("participa/<slug:slug>/<slug:key>/solicitud/retirar/", applying.withdraw, name="withdraw_application"),
    path("participa/<slug:slug>/<slug:key>/solicitud/imagen.webp", applying.your_picture, name="your_picture"),
    path("ejercicios/<slug:slug>/integrantes/", calls.members, name="members"),
]
CALLS = "ejercicios/<slug:slug>/convocatorias/"
work_pages = [
    path(CALLS, running.call_list, name="calls"),
    path(f"{CALLS}nueva/<slug:word>/", running.new_call, name="new_call"),
    path(f"{CALLS}<slug:key>/", reviewing.work_call, name="work_call"),
    path(f"{CALLS}<slug:key>/editar/", running.edit_call, name="edit_call"),
    path(f"{CALLS}<slug:key>/publicar/", running.publish, name="publish_call"),
    path(f"{CALLS}<slug:key>/ampliar/", running.extend, name="extend_call"),
    path(f"{CALLS}<slug:key>/terminar/", running.close, name="close_call"),
    path(f"{CALLS}<slug:key>/borrar/", running.discard, name="discard_call"),
    path(f"{CALLS}<slug:key>/solicitudes.csv", reviewing.applications_file, name="applications_file"),
    path(f"{CALLS}<slug:key>/solicitudes/<slug:folio>/", reviewing.review, name="review"),
    path(
        f"{CALLS}<slug:key>/solicitudes/<slug:folio>/imagen.webp", reviewing.reviewed_picture, name="reviewed_picture"
    ),
]
urlpatterns = [*call_pages, *work_pages]
