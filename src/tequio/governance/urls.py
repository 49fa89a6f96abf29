"""The addresses of collegiate bodies."""

from __future__ import annotations

from django.urls import path

from tequio.governance.views import election_work as work
from tequio.governance.views import elections, voting

app_name = "governance"
election_pages = [
    path("ejercicios/<slug:slug>/elecciones/", elections.election_list, name="elections"),
    path("ejercicios/<slug:slug>/elecciones/<int:number>/", elections.election, name="election"),
    path("ejercicios/<slug:slug>/elecciones/<int:number>/votos.json", elections.votes, name="votes"),
    path("ejercicios/<slug:slug>/elecciones/<int:number>/comprobantes.txt", elections.receipts, name="receipts"),
    path("ejercicios/<slug:slug>/elecciones/<int:number>/votar/", voting.ballot, name="ballot"),
    path("ejercicios/<slug:slug>/elecciones/<int:number>/papeleta/", voting.paper, name="paper"),
    path("recuento.py", elections.recount, name="recount"),
]
election_work = [
    path("ejercicios/<slug:slug>/trabajo/elecciones/", work.work_list, name="elections_work"),
    path("ejercicios/<slug:slug>/trabajo/elecciones/nueva/<slug:kind>/", work.new, name="election_new"),
    path("ejercicios/<slug:slug>/trabajo/elecciones/<int:number>/", work.work, name="election_work"),
    path("ejercicios/<slug:slug>/trabajo/elecciones/<int:number>/reglas/", work.revise, name="election_revise"),
    path("ejercicios/<slug:slug>/trabajo/elecciones/<int:number>/descartar/", work.discard, name="election_discard"),
    path(
        "ejercicios/<slug:slug>/trabajo/elecciones/<int:number>/candidaturas/<int:candidate>/quitar/",
        work.remove,
        name="candidate_remove",
    ),
    path("ejercicios/<slug:slug>/trabajo/elecciones/<int:number>/convocar/", work.call, name="election_call"),
    path("ejercicios/<slug:slug>/trabajo/elecciones/<int:number>/contar/", work.close, name="election_close"),
    path("ejercicios/<slug:slug>/trabajo/elecciones/<int:number>/anular/", work.annul, name="election_annul"),
]
urlpatterns = [*election_pages, *election_work]
