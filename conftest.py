"""What every test stands on: real requirement ids, a migrated database at once, and the cast."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bootstrap.requirements import unknown_requirements
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections, transaction
from django.test import Client, TransactionTestCase
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import sync_playwright
from wagtail.models import Locale, Page, Site

from tequio.accounts.models import User
from tequio.kernel.editionstamp import drop_all
from tequio.kernel.immutable import protect, release
from tequio.kernel.models import WrittenOnce
from tequio.kernel.packs import load_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import SettingsWrapper

pytest_plugins = ["tests.cast"]
ROOT = Path(__file__).resolve().parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse requirement ids that do not exist; skip, aloud, what needs another lane; leave out what one lane ran."""
    if connection.vendor == "postgresql":
        ran = [item for item in items if item.get_closest_marker("once") or not asks_the_database(item)]
        config.hook.pytest_deselected(items=ran)
        items[:] = [item for item in items if item not in ran]
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    unknown = unknown_requirements(
        (item.nodeid, identifier) for item in items for mark in item.iter_markers("req") for identifier in mark.args
    )
    if unknown:
        raise pytest.UsageError("not in docs/requirements.yaml:\n" + "\n".join(unknown))
    for item in items:
        if item.get_closest_marker("browser") and "TEQUIO_CHROMIUM" not in os.environ:
            item.add_marker(pytest.mark.skip(reason="the browser lane: ./tequio test browser"))
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="the PostgreSQL lane: ./tequio test postgres"))


def asks_the_database(item: pytest.Item) -> bool:
    """Tell whether a test reads or writes rows: one that does not says the same on every database."""
    named = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or named & {"db", "transactional_db", "live_server"})


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Start from a copy of the database an earlier run migrated, if the migrations are the same ones."""
    migrated = migrated_database()
    if connection.vendor != "sqlite" or not migrated.exists():
        return False
    shutil.copyfile(migrated, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, *, django_db_keepdb: bool
) -> Iterator[None]:
    """Keep a copy of a database just migrated, for the next run."""
    if connection.vendor == "sqlite" and not django_db_keepdb:
        kept = migrated_database()
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob("migrated-*"):
            old.unlink(missing_ok=True)
        ours = kept.with_name(f"new-{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(ours)])
        ours.replace(kept)
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def migrated(django_db_setup: None) -> Path:
    """The file of a database on which every migration ran, for what starts the product on SQLite."""
    return migrated_database()


def migrated_database() -> Path:
    """Return where the database of exactly these migrations is kept between runs."""
    digest = hashlib.sha256((ROOT / "requirements" / "runtime.txt").read_bytes())
    for path in sorted((ROOT / "src" / "tequio").glob("*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return ROOT / ".tequio" / "cache" / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Forget what the process kept of another test's rows, which left without a publication."""
    drop_all(at=datetime.now(UTC))


@pytest.fixture
def plain_static_files(settings: SettingsWrapper) -> None:
    """Find static files by their own names: the hashed ones exist only after collectstatic."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise looks into it when a client starts


@pytest.fixture(scope="module")
def first_pal(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load both packs once for the tests of a module, which only read them; they leave with its transaction."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        for pack in (ROOT / "packs" / "edomex", ROOT / "tests" / "packs" / "tonalli"):
            load_pack(pack, by=None, at=datetime(2026, 1, 15, 18, tzinfo=UTC))
        yield
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def first_pal_client(first_pal: None, db: None, plain_static_files: None) -> Client:
    """A visitor's client of a site with the First PAL and the two invented plans."""
    return Client()


@pytest.fixture
def visitor() -> AnonymousUser:
    """Somebody who did not sign in."""
    return AnonymousUser()


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody who signed in and has no role in anything."""
    return User.objects.create_user("stranger")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, for the tests marked browser."""
    with sync_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=os.environ["TEQUIO_CHROMIUM"], args=sandbox)
        yield browser
        browser.close()


def plant_front_page() -> None:
    """Put back what a migration of Wagtail wrote and the flush took: the tree's root, the front page and the site."""
    if not Site.objects.exists():
        Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        root = Page.add_root(title="Root", slug="root")
        front = root.add_child(instance=Page(title="Inicio", slug="home"))
        Site.objects.create(hostname="localhost", root_page=front, is_default_site=True)
        DBTaskResult.objects.all().delete()  # Wagtail queues the indexing of its pages


@pytest.fixture(scope="session", autouse=True)
def flush_empties_the_record() -> Any:
    """Let Django empty the test database between tests, which the record's triggers rightly refuse."""
    teardown = TransactionTestCase._fixture_teardown
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, WrittenOnce)]

    def lift_then_empty(self: TransactionTestCase) -> None:
        if issubclass(type(self), TransactionTestCase) and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                for table in tables:
                    release(cursor, connection.vendor, table)
                teardown(self)
                for table in tables:
                    protect(cursor, connection.vendor, table)
            plant_front_page()
        else:
            teardown(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_then_empty)
        yield
