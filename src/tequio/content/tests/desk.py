"""The editors' desk as a fresh deployment has it, also after a test emptied the database, and who sits at it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupPagePermission, Locale, Page, Site

from tequio.accounts.models import User
from tequio.content.packs import PAGES
from tequio.content.workflows import seed_pages
from tequio.kernel.packs import check_pack
from tequio.kernel.tests.people import NOON

PHRASE = "una contraseña de prueba"


def front() -> Page:
    """Return the page under which all others hang; Wagtail's own migrations make it once."""
    site = Site.objects.filter(is_default_site=True).first()
    if site:
        return site.root_page
    locale, _ = Locale.objects.get_or_create(language_code="es")
    root = Page.add_root(title="Root", slug="root", locale=locale)
    home = root.add_child(instance=Page(title="Inicio", slug="home", locale=locale))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    Site.clear_site_root_paths_cache()
    return home


def editor() -> User:
    """Return somebody who writes and publishes pages, and nothing else."""
    group = Group.objects.create(name="Redacción")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=front(), permission=permission)
    user = User.objects.create_user("editora", "editora@example.mx", PHRASE)
    user.groups.add(group)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def seed() -> int:
    """Seed the pages of the first pack and return how many were added or changed."""
    front()
    pack = check_pack(settings.PACKS / "edomex")
    (tally,) = seed_pages(pack.records[PAGES.file], by=None, at=NOON)
    return tally.added + tally.changed
