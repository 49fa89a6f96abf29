"""The addresses of the whole product; each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from tequio.content.urls import last_urlpatterns

handler400 = "tequio.site.views.errors.bad_request"
handler403 = "tequio.site.views.errors.permission_denied"
handler404 = "tequio.site.views.errors.not_found"
handler500 = "tequio.site.views.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("estilo/", include("tequio.kernel.urls")),
    path("", include("tequio.opendata.urls")),
    path("", include("tequio.monitoring.urls")),
    path("", include("tequio.plans.urls")),
    path("", include("tequio.cocreation.urls")),
    path("", include("tequio.governance.urls")),
    path("", include("tequio.site.urls")),
    path("", include("tequio.exercises.urls")),
    path("", include("tequio.accounts.urls")),
    path("", include("tequio.content.urls")),
    *last_urlpatterns,  # any address with only words and slashes: nothing may follow
]
