"""The addresses of content: the editors' desk, documents, pictures and, after all other rooms, the pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as desk
from wagtail.documents import urls as documents
from wagtail.utils.urlpatterns import decorate_urlpatterns

from tequio.content.views import at_the_desk, page, picture
from tequio.kernel.access import PUBLIC, declared

desk_patterns = decorate_urlpatterns(desk.urlpatterns, at_the_desk)

urlpatterns: list[URLPattern | URLResolver] = [
    declared(path("gestion/", include(desk_patterns)), "wagtailadmin.access_admin"),
    declared(path("documentos/", include(documents)), PUBLIC),
    path("media/images/<str:name>", picture, name="picture"),
]
last_urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^((?:[\w-]+/)*)$", page, name="wagtail_serve"),
]
