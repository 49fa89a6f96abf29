"""The addresses of diagnosis and co-creation."""

from django.urls import path

from tequio.cocreation.views import public, room, seats, tables

app_name = "cocreation"
WORK = "ejercicios/<slug:slug>/trabajo/mesas/"
PUBLIC = "ejercicios/<slug:slug>/mesas/"
table_pages = [
    path(PUBLIC, public.tables, name="tables"),
    path(f"{PUBLIC}<slug:key>/", public.table, name="table"),
    path(WORK, tables.run_tables, name="run_tables"),
    path(f"{WORK}nueva/", tables.new_table, name="new_table"),
    path(f"{WORK}<slug:key>/", tables.run_table, name="run_table"),
    path(f"{WORK}<slug:key>/editar/", tables.edit_table, name="edit_table"),
    path(f"{WORK}<slug:key>/etapas/", tables.stages, name="stages"),
    path(f"{WORK}<slug:key>/conduccion/", tables.conduct, name="conduct"),
    path(f"{WORK}<slug:key>/acomodo/", seats.seating, name="seating"),
    path(f"{WORK}<slug:key>/tarjetas/", seats.cards, name="cards"),
    path(f"{WORK}<slug:key>/plenaria/", tables.plenary, name="plenary"),
    path(f"{WORK}<slug:key>/cierre/", tables.outcome, name="close_table"),
]
room_pages = [
    path("sala/<slug:code>/", room.room, name="room"),
    path("sala/<slug:code>/estado.json", room.state, name="room_state"),
    path("sala/<slug:code>/proyector/", room.projector, name="projector"),
    path("sala/<slug:code>/hoja/<slug:key>/", room.sheet, name="sheet"),
]
urlpatterns = [*table_pages, *room_pages]
