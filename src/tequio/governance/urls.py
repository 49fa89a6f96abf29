"""The addresses of collegiate bodies: what anybody reads, and what those who run them and sit in them do."""

from django.urls import path

from tequio.governance.views import bodies, delegating, elections, live, public, sessions, voting
from tequio.governance.views import election_work as work

app_name = "governance"
EXERCISE = "ejercicios/<slug:slug>/"
BODY = f"{EXERCISE}organos/<slug:word>/"
SEAT = f"{BODY}asientos/<int:order>/"
SESSION = f"{EXERCISE}sesiones/<int:number>/"
AGREEMENT = f"{EXERCISE}acuerdos/<slug:code>/"
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
urlpatterns = [
    *election_pages,
    *election_work,
    path(f"{EXERCISE}sesiones/", public.sessions, name="sessions"),
    path(SESSION, public.session, name="session"),
    path(f"{SESSION}sesion.ics", public.session_calendar, name="session_calendar"),
    path(f"{SESSION}acta.pdf", public.minutes_file, name="minutes_file"),
    path(f"{SESSION}en-vivo/", live.live, name="live"),
    path(f"{SESSION}cambiar/", sessions.change, name="change"),
    path(f"{SESSION}grabacion/", sessions.recording, name="recording"),
    path(f"{SESSION}acta/", sessions.draft, name="draft"),
    path(f"{SESSION}acta/observaciones/<int:remark>/", sessions.answer, name="answer"),
    path(f"{EXERCISE}acuerdos/", public.agreements, name="agreements"),
    path(AGREEMENT, public.agreement, name="agreement"),
    path(f"{AGREEMENT}cumplir/", sessions.fulfil, name="fulfil"),
    path(f"{AGREEMENT}cancelar/", sessions.cancel, name="cancel"),
    path(f"{EXERCISE}reglas/", public.rules, name="rules"),
    path(f"{EXERCISE}organos/", bodies.bodies, name="bodies"),
    path(f"{EXERCISE}organos/integrar/", bodies.install, name="install"),
    path(f"{BODY}convocar/", sessions.convene, name="convene"),
    path(f"{BODY}ampliar/", bodies.widen, name="widen"),
    path(f"{BODY}mecanismo/", bodies.mechanism, name="mechanism"),
    path(f"{BODY}agenda/", bodies.programme, name="programme"),
    path(f"{SEAT}ocupar/", bodies.fill, name="fill"),
    path(f"{SEAT}invitar/", bodies.invite, name="invite"),
    path(f"{SEAT}suplencia/", delegating.delegate, name="delegate"),
    path(f"{SEAT}desocupar/", bodies.vacate, name="vacate"),
    path("asiento/<str:token>/", bodies.seat_taken, name="take_seat"),
]
