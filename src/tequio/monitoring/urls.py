"""The addresses of follow-up; they are permanent."""

from django.urls import path

from tequio.monitoring.feeds import due_days, news, subject_news
from tequio.monitoring.views.board import dashboard
from tequio.monitoring.views.embed import embedded_board, embedded_commitment
from tequio.monitoring.views.images import board_image, commitment_image

app_name = "monitoring"
urlpatterns = [
    path("tablero/", dashboard, name="board"),
    path("tablero/atom.xml", news, name="news"),
    path("tablero/plazos.ics", due_days, name="due_days"),
    path("ejercicios/<slug:slug>/atom.xml", subject_news, name="exercise_news"),
    path("ejercicios/<slug:slug>/compromisos/<int:number>/atom.xml", subject_news, name="commitment_news"),
    path("embed/tablero/", embedded_board, name="embedded_board"),
    path("embed/compromisos/<slug:code>/", embedded_commitment, name="embedded_commitment"),
    path("og/tablero.png", board_image, name="board_image"),
    path("og/<slug:code>.png", commitment_image, name="commitment_image"),
]
