"""Settings of the tests: the product's own, in a temporary folder, without what only costs time."""

from __future__ import annotations

import atexit
import importlib
import os
import shutil
import tempfile

# Each process of the suite has its own folder, named before the product's settings read it.
DATA = tempfile.mkdtemp(prefix="tequio-test-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ["TEQUIO_DATA"] = DATA
os.environ["TEQUIO_SECRET_KEY"] = "only-for-tests-" * 4

product = importlib.import_module("tequio.project.settings")
globals().update({name: value for name, value in vars(product).items() if name.isupper()})

INSTALLED_APPS = [*product.INSTALLED_APPS, "django_migration_linter"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **product.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if product.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the tests meet the locks that the product meets.
    product.DATABASES["default"]["TEST"] = {"NAME": f"{DATA}/test.sqlite3"}
    product.DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
