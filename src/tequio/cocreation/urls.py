"""The addresses of diagnosis and co-creation."""

from django.urls import path

from tequio.cocreation.views import (
    consulting,
    institutions,
    kit_work,
    kits,
    linked,
    paper,
    problems,
    public,
    room,
    seats,
    tables,
    themes,
    tree_editor,
    tree_keeping,
    tree_review,
    tree_versions,
    trees,
    viability,
)

app_name = "cocreation"
TABLES = "ejercicios/<slug:slug>/trabajo/mesas/"
PUBLIC = "ejercicios/<slug:slug>/mesas/"
table_pages = [
    path(PUBLIC, public.tables, name="tables"),
    path(f"{PUBLIC}<slug:key>/", public.table, name="table"),
    path(TABLES, tables.run_tables, name="run_tables"),
    path(f"{TABLES}nueva/", tables.new_table, name="new_table"),
    path(f"{TABLES}<slug:key>/", tables.run_table, name="run_table"),
    path(f"{TABLES}<slug:key>/editar/", tables.edit_table, name="edit_table"),
    path(f"{TABLES}<slug:key>/invitar/", linked.invite, name="invite_earlier"),
    path(f"{TABLES}<slug:key>/etapas/", tables.stages, name="stages"),
    path(f"{TABLES}<slug:key>/conduccion/", tables.conduct, name="conduct"),
    path(f"{TABLES}<slug:key>/acomodo/", seats.seating, name="seating"),
    path(f"{TABLES}<slug:key>/tarjetas/", seats.cards, name="cards"),
    path(f"{TABLES}<slug:key>/plenaria/", tables.plenary, name="plenary"),
    path(f"{TABLES}<slug:key>/cierre/", tables.outcome, name="close_table"),
    path(f"{TABLES}<slug:key>/viabilidad/", viability.run_viability, name="run_viability"),
    path("dictamen/<str:token>/", viability.judge, name="judge"),
]
PAPER = f"{TABLES}<slug:key>/papel/"
paper_pages = [
    path(PAPER, paper.papers, name="papers"),
    path(f"{PAPER}<int:number>/", paper.typing, name="type_paper"),
    path(f"{PAPER}lista/", paper.listed, name="paper_list"),
    path(f"{PAPER}lista.csv", paper.template_file, name="paper_template"),
]
room_pages = [
    path("sala/<slug:code>/", room.room, name="room"),
    path("sala/<slug:code>/estado.json", room.state, name="room_state"),
    path("sala/<slug:code>/proyector/", room.projector, name="projector"),
    path("sala/<slug:code>/hoja/<slug:key>/", room.sheet, name="sheet"),
]
KIT = f"{PUBLIC}<slug:key>/kit/"
RUN_KIT = f"{TABLES}<slug:key>/kit/"
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
MAP = f"{TABLES}<slug:key>/instituciones/"
institution_pages = [
    path(MAP, institutions.run_institutions, name="run_institutions"),
    path(f"{MAP}<int:number>/", institutions.edit_institution, name="edit_institution"),
    path(f"{MAP}<int:number>/acercamiento/", institutions.approach, name="approach"),
    path(f"{MAP}<int:number>/quitar/", institutions.drop_institution, name="drop_institution"),
]
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
TREES = "ejercicios/<slug:slug>/trabajo/arboles/"
TREE = f"{TREES}<slug:key>/"
SHOWN = "ejercicios/<slug:slug>/arboles/<slug:key>/"
tree_pages = [
    path(TREES, trees.tree_list, name="trees"),
    path(f"{TREES}nuevo/", trees.new_tree, name="new_tree"),
    path(TREE, tree_editor.editor, name="tree"),
    path(f"{TREE}recuadros/<int:number>/", tree_editor.box, name="box"),
    path(f"{TREE}historia/", trees.changes, name="tree_history"),
    path(f"{TREE}nombre/", tree_keeping.rename, name="rename_tree"),
    path(f"{TREE}desechar/", tree_keeping.discard, name="discard_tree"),
    path(f"{TREE}importar/", trees.importing, name="tree_import"),
    path(f"{TREE}pulso", tree_editor.pulse, name="tree_pulse"),
    path(f"{TREE}arbol.<str:extension>", tree_versions.draft_file, name="tree_draft_file"),
    path(f"{TREE}revision/", tree_review.conduct, name="tree_review"),
    path(f"{TREE}revision/comentarios/<int:number>/", tree_review.answer, name="tree_answer"),
    path("revisar/<str:token>/", tree_review.accept, name="accept_review"),
    path(f"{SHOWN}revision/", tree_review.review, name="review"),
    path(f"{SHOWN}revision/nombre/", tree_review.credit, name="credit"),
    path(f"{SHOWN}comparar/", tree_versions.comparison, name="tree_comparison"),
    path(f"{SHOWN}versiones/<int:number>/", tree_versions.version, name="tree_version"),
    path(f"{SHOWN}versiones/<int:number>/arbol.<str:extension>", tree_versions.version_file, name="tree_file"),
]
urlpatterns = [*tree_pages, *theme_pages, *problem_pages, *table_pages, *paper_pages, *room_pages, *kit_pages]
urlpatterns += institution_pages
