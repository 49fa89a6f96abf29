"""The WSGI entry point that the server loads: the page cache, and behind it Django."""

import os

from django.core.wsgi import get_wsgi_application

from tequio.kernel.pagecache import page_cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.project.settings")
application = page_cache(get_wsgi_application())
