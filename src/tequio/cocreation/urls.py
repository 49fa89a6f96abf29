"""The addresses of diagnosis and co-creation."""

from django.urls import path

from tequio.cocreation.views import institutions, kit_work, kits, public, room, seats, tables

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
KIT = f"{PUBLIC}<slug:key>/kit/"
RUN_KIT = f"{WORK}<slug:key>/kit/"
kit_pages = [
    path(KIT, kits.kit, name="kit"),
    path(f"{KIT}archivos/<str:name>", kits.kit_file, name="kit_file"),
    path(f"{KIT}recibido/<str:token>/", kits.kit_receipt, name="kit_receipt"),
    path(f"{KIT}opinion/", kits.kit_feedback, name="kit_feedback"),
    path(RUN_KIT, kit_work.run_kit, name="run_kit"),
    path(f"{RUN_KIT}textos/", kit_work.texts, name="kit_texts"),
    path(f"{RUN_KIT}documentos/nuevo/", kit_work.new_document, name="new_document"),
    path(f"{RUN_KIT}documentos/<int:number>/", kit_work.edit_document, name="edit_document"),
    path(f"{RUN_KIT}documentos/<int:number>/archivo", kit_work.document_file, name="document_file"),
    path(f"{RUN_KIT}documentos/<int:number>/quitar/", kit_work.drop_document, name="drop_document"),
    path(f"{RUN_KIT}documentos/<int:number>/subir/", kit_work.raise_document, name="raise_document"),
]
MAP = f"{WORK}<slug:key>/instituciones/"
institution_pages = [
    path(MAP, institutions.run_institutions, name="run_institutions"),
    path(f"{MAP}<int:number>/", institutions.edit_institution, name="edit_institution"),
    path(f"{MAP}<int:number>/acercamiento/", institutions.approach, name="approach"),
    path(f"{MAP}<int:number>/quitar/", institutions.drop_institution, name="drop_institution"),
]
urlpatterns = [*table_pages, *room_pages, *kit_pages, *institution_pages]
