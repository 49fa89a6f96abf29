"""The addresses of exercises that are this room's own; the pages where rooms meet are the site's."""

from django.urls import path

from tequio.exercises.views import event_door, event_forms, event_work, events

app_name = "exercises"
EVENTS = "ejercicios/<slug:slug>/eventos/"
WORK = "ejercicios/<slug:slug>/trabajo/eventos/"
event_pages = [
    path(EVENTS, events.events, name="events"),
    path(f"{EVENTS}<slug:key>/", events.event, name="event"),
    path(f"{EVENTS}<slug:key>.ics", events.event_calendar, name="event_calendar"),
    path(f"{EVENTS}<slug:key>/qr.svg", events.event_qr, name="event_qr"),
    path(f"{EVENTS}<slug:key>/fotos/<str:name>", events.event_photo, name="event_photo"),
    path(f"{EVENTS}<slug:key>/registro/", event_forms.event_registration, name="event_registration"),
    path(f"{EVENTS}<slug:key>/mi-registro/<str:token>/", event_forms.attendee, name="attendee"),
    path(WORK, event_work.run_events, name="run_events"),
    path(f"{WORK}nuevo/", event_work.new_event, name="new_event"),
    path(f"{WORK}<slug:key>/", event_work.run_event, name="run_event"),
    path(f"{WORK}<slug:key>/editar/", event_work.edit_event, name="edit_event"),
    path(f"{WORK}<slug:key>/cancelar/", event_work.call_off, name="cancel_event"),
    path(f"{WORK}<slug:key>/relatoria/", event_work.report, name="event_report"),
    path(f"{WORK}<slug:key>/fotos/", event_work.photos, name="photos"),
    path(f"{WORK}<slug:key>/fotos/<int:number>/retirar/", event_work.take_photo_away, name="take_photo_away"),
    path(f"{WORK}<slug:key>/registros/", event_work.attendees, name="attendees"),
    path(f"{WORK}<slug:key>/puerta/", event_door.door, name="door"),
    path(f"{WORK}<slug:key>/puerta/sin-registro/", event_door.walk_in, name="walk_in"),
    path(f"{WORK}<slug:key>/puerta/<slug:code>/", event_door.door_code, name="door_code"),
]
urlpatterns = [*event_pages]
