"""The addresses of content: the editors' desk, documents, pictures and, after all other rooms, the pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as desk
from wagtail.documents.views.serve import authenticate_with_password
from wagtail.utils.urlpatterns import decorate_urlpatterns

from tequio.content.views import AT_DESK, at_the_desk, document, old_door, page, picture, reserved
from tequio.kernel.access import PUBLIC, declared

desk_patterns = decorate_urlpatterns(desk.urlpatterns, at_the_desk)

urlpatterns: list[URLPattern | URLResolver] = [
    path("gestion/login/", old_door),
    declared(path("gestion/", include(desk_patterns)), AT_DESK),
    # As in wagtail.documents.urls, but for numbers that fit in the database.
    re_path(r"^documentos/([0-9]{1,18})/(.*)$", document, name="wagtaildocs_serve"),
    path(
        "documentos/authenticate_with_password/<int:restriction_id>/",
        declared(authenticate_with_password, PUBLIC),
        name="wagtaildocs_authenticate_with_password",
    ),
    path("reservado/", reserved, name="wagtailcore_login"),
    path("media/images/<str:name>", picture, name="picture"),
]
last_urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^((?:[\w-]+/)*)$", page, name="wagtail_serve"),
]
