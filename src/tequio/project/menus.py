"""Where the bar, the foot and one's own pages lead; a place enters when its pages exist, so that no link is dead."""

from __future__ import annotations

NAVIGATION = [
    ("Compromisos", "/tablero/"),
    ("Participa", "/participa/"),
    ("Municipios", "/municipios/"),
    ("Agenda", "/agenda/"),
    ("Datos", "/datos/"),
]
SEARCH_ADDRESS = "/buscar/"
WORK_ADDRESS = "/mi-trabajo/"  # what a person has to do now; rooms below name it in their messages
OPEN_LINKS = [("Entrar", "/entrar/")]  # alike for everyone: public pages are shared; whoever entered is led on
OWN_LINKS = [("Mi trabajo", WORK_ADDRESS), ("Tu cuenta", "/cuenta/")]  # on the pages of who entered
# Where those with a permission work, as their own pages link to it: name, address, permission.
WORK_PAGES = [
    ("Mis ejercicios", "/mis-ejercicios/", "exercises.run_exercise"),
    ("Municipios: en qué van y a quién llamar", "/garante/", "exercises.accompany_place"),
    ("Acompañamiento de tu municipio", "/garante/mi-municipio/", "exercises.ask_for_help"),
]
FOOTER = [
    ("Ayuda", "/ayuda/"),
    ("Escribe", "/escribe/"),
    ("Acerca", "/acerca/"),
    ("Accesibilidad", "/accesibilidad/"),
    ("Privacidad", "/privacidad/"),
    ("Estado", "/estado/"),
    ("Registro", "/registro/"),
    ("Datos y API", "/datos/"),
    ("Código", "/codigo/"),
]
