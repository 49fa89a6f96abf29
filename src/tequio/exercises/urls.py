"""The addresses of an exercise's working pages, its declaration, calls and events, and its place's accompaniment."""

from django.urls import path

from tequio.exercises.views import (
    accompaniment,
    applying,
    calls,
    declaration,
    door_posts,
    event_door,
    event_forms,
    event_work,
    events,
    opening,
    phases,
    reviewing,
    running,
    setup,
    tenure,
)

app_name = "exercises"
WORK = "ejercicios/<slug:slug>/trabajo/"
EVENTS = "ejercicios/<slug:slug>/eventos/"
EVENT_WORK = f"{WORK}eventos/"
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
    path(f"{WORK}alta/fechas/", setup.dates, name="installation"),
    path(f"{WORK}alta/<slug:word>/saltar/", setup.skip, name="skip_step"),
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
call_pages = [
    path("participa/", calls.participate, name="participate"),
    path("participa/imagenes/<int:number>", calls.picture, name="picture"),
    path("participa/<slug:slug>/<slug:key>/", calls.call, name="call"),
    path("participa/<slug:slug>/<slug:key>/inscripcion/", applying.apply, name="apply"),
    path("participa/<slug:slug>/<slug:key>/solicitud/", applying.your_application, name="your_application"),
    path("participa/<slug:slug>/<slug:key>/solicitud/retirar/", applying.withdraw, name="withdraw_application"),
    path("participa/<slug:slug>/<slug:key>/solicitud/imagen", applying.your_picture, name="your_picture"),
    path("ejercicios/<slug:slug>/miembros/", calls.members, name="members"),
]
CALLS = "ejercicios/<slug:slug>/convocatorias/"
call_work_pages = [
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
    path(f"{CALLS}<slug:key>/solicitudes/<slug:folio>/imagen", reviewing.reviewed_picture, name="reviewed_picture"),
]
event_pages = [
    path(EVENTS, events.events, name="events"),
    path(f"{EVENTS}<slug:key>/", events.event, name="event"),
    path(f"{EVENTS}<slug:key>.ics", events.event_calendar, name="event_calendar"),
    path(f"{EVENTS}<slug:key>/qr.svg", events.event_qr, name="event_qr"),
    path(f"{EVENTS}<slug:key>/fotos/<str:name>", events.event_photo, name="event_photo"),
    path(f"{EVENTS}<slug:key>/registro/", event_forms.event_registration, name="event_registration"),
    path(f"{EVENTS}<slug:key>/mi-registro/<str:token>/", event_forms.attendee, name="attendee"),
    path(f"{EVENTS}<slug:key>/invitacion/<str:token>/", event_forms.invitation, name="invitation"),
    path(EVENT_WORK, event_work.run_events, name="run_events"),
    path(f"{EVENT_WORK}nuevo/", event_work.new_event, name="new_event"),
    path(f"{EVENT_WORK}<slug:key>/", event_work.run_event, name="run_event"),
    path(f"{EVENT_WORK}<slug:key>/editar/", event_work.edit_event, name="edit_event"),
    path(f"{EVENT_WORK}<slug:key>/cancelar/", event_work.call_off, name="cancel_event"),
    path(f"{EVENT_WORK}<slug:key>/relatoria/", event_work.report, name="event_report"),
    path(f"{EVENT_WORK}<slug:key>/fotos/", event_work.photos, name="photos"),
    path(f"{EVENT_WORK}<slug:key>/fotos/<int:number>/retirar/", event_work.take_photo_away, name="take_photo_away"),
    path(f"{EVENT_WORK}<slug:key>/registros/", event_work.attendees, name="attendees"),
    path(f"{EVENT_WORK}<slug:key>/puerta/", event_door.door, name="door"),
    path(f"{EVENT_WORK}<slug:key>/puerta/sin-registro/", event_door.walk_in, name="walk_in"),
    path(f"{EVENT_WORK}<slug:key>/puerta/<slug:code>/", event_door.door_code, name="door_code"),
]
DOOR = "entrada/"
door_pages = [
    path(f"{EVENT_WORK}<slug:key>/puestos/", door_posts.posts, name="door_posts"),
    path(DOOR, door_posts.shell, name="door_shell"),
    path(f"{DOOR}sw.js", door_posts.service_worker, name="door_worker"),
    path(f"{DOOR}c/<slug:code>/", door_posts.code, name="code"),
    path(f"{DOOR}<str:token>/", door_posts.post_door, name="post_door"),
    path(f"{DOOR}<str:token>/actos", door_posts.acts, name="post_acts"),
    path(f"{DOOR}<str:token>/sin-registro/", door_posts.post_walk_in, name="post_walk_in"),
]
urlpatterns = [*work_pages, *accompaniment_pages, *call_pages, *call_work_pages, *event_pages, *door_pages]
