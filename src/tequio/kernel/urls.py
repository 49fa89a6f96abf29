"""The addresses of the kernel's own pages."""

from django.urls import path

from tequio.kernel.gallery import accent_stylesheet, card_image, gallery

app_name = "kernel"
urlpatterns = [
    path("", gallery, name="gallery"),
    path("tarjeta.png", card_image, name="card"),
    path("acento-<str:colour>.css", accent_stylesheet, name="accent"),
]
