"""The addresses of the diagnosis: the work on problem trees, their review, and their versions."""

from django.urls import path

from tequio.cocreation.views import tree_editor, tree_review, tree_versions, trees

app_name = "cocreation"
TREES = "ejercicios/<slug:slug>/trabajo/arboles/"
TREE = f"{TREES}<slug:key>/"
SHOWN = "ejercicios/<slug:slug>/arboles/<slug:key>/"
tree_pages = [
    path(TREES, trees.tree_list, name="trees"),
    path(f"{TREES}nuevo/", trees.new_tree, name="new_tree"),
    path(TREE, tree_editor.editor, name="tree"),
    path(f"{TREE}recuadros/<int:number>/", tree_editor.box, name="box"),
    path(f"{TREE}historia/", trees.changes, name="tree_history"),
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
urlpatterns = tree_pages
