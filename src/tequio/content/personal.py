"""What the editors' desk holds of people: who wrote what, which the library keeps with each page."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import NoticeKey
from tequio.kernel.personal import WHOLE, After, Basis, Declaration, Ending, Impersonal, Personal, history, until_closed

EDITING = NoticeKey.EDITING
IDLE = After("last_seen_at", 30, "de dejar de editar")

PERSONAL: Final[tuple[Declaration, ...]] = (
    until_closed(
        "wagtailusers.UserProfile",
        "user preferred_language current_time_zone avatar dismissibles",
        "Tus preferencias en la mesa de edición",
        EDITING,
        "user",
    ),
    Personal(
        "wagtailadmin.EditingSession",
        "user",
        "Qué página tienes abierta para editar",
        EDITING,
        Basis.SERVICE,
        Ending.ERASED,
        after=IDLE,
        with_account=True,
        owner="user",
    ),
    until_closed("wagtailadmin.FormState", "user data", "Lo que escribiste y no guardaste", EDITING, "user"),
    until_closed("wagtailcore.APIToken", "user", "Tus claves de programas", EDITING, "user"),
    until_closed("wagtailcore.PageSubscription", "user", "Las páginas de las que pides avisos", EDITING, "user"),
    history("wagtailcore.Revision", "user", "Las versiones de páginas que guardaste", EDITING, "user"),
    history("wagtailcore.Page", "owner", "Las páginas que creaste", EDITING, "owner"),
    history("wagtailcore.Page", "locked_by", "Las páginas que apartaste", EDITING, "locked_by"),
    history("wagtailcore.PageLogEntry", "user", "Lo que hiciste con las páginas", EDITING, "user"),
    history("wagtailcore.ModelLogEntry", "user", "Lo que hiciste con archivos y ajustes", EDITING, "user"),
    history("wagtailcore.Comment", "user text", "Tus comentarios sobre borradores", EDITING, "user"),
    history("wagtailcore.Comment", "resolved_by", "Los comentarios que cerraste", EDITING, "resolved_by"),
    history("wagtailcore.CommentReply", "user text", "Tus respuestas sobre borradores", EDITING, "user"),
    history("wagtailcore.WorkflowState", "requested_by", "Las revisiones que pediste", EDITING, "requested_by"),
    history("wagtailcore.TaskState", "finished_by comment", "Las revisiones que hiciste", EDITING, "finished_by"),
    history(
        "wagtailcore.UploadedFile",
        "uploaded_by_user",
        "Los archivos que empezaste a subir",
        EDITING,
        "uploaded_by_user",
    ),
    history("wagtailimages.Image", "uploaded_by_user", "Las imágenes que subiste", EDITING, "uploaded_by_user"),
    history("wagtaildocs.Document", "uploaded_by_user", "Los documentos que subiste", EDITING, "uploaded_by_user"),
    Impersonal("content.ContentPage", "lede"),
    Impersonal("content.NewsIndexPage", "lede"),
    Impersonal("content.NewsPage", "lede exercise_slug"),
    Impersonal("content.Seed", "key sha256"),
    *(
        Impersonal(table, WHOLE)
        for table in (
            "wagtailredirects.Redirect",
            "wagtailembeds.Embed",
            "wagtaildocs.Document",
            "wagtailimages.Image",
            "wagtailimages.Rendition",
            "wagtailsearch.IndexEntry",
            "wagtailsearch.SQLiteFTSIndexEntry",
            "wagtailadmin.EditingSession",
            "wagtailadmin.FormState",
            "wagtailcore.Locale",
            "wagtailcore.Site",
            "wagtailcore.APIToken",
            "wagtailcore.ModelLogEntry",
            "wagtailcore.Revision",
            "wagtailcore.CollectionViewRestriction",
            "wagtailcore.Collection",
            "wagtailcore.UploadedFile",
            "wagtailcore.WorkflowState",
            "wagtailcore.Workflow",
            "wagtailcore.Task",
            "wagtailcore.Page",
            "wagtailcore.PageViewRestriction",
            "wagtailcore.PageLogEntry",
            "wagtailcore.Comment",
            "wagtailcore.ReferenceIndex",
            "taggit.Tag",
        )
    ),
)
"""A library's text fields are declared whole; those that point at an account, one by one above."""
