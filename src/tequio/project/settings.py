"""Django settings; every value a deployment may change comes from the environment (docs/operating.md)."""

from __future__ import annotations

from pathlib import Path

import tequio
from tequio.project import environment as env
from tequio.project.menus import FOOTER, NAVIGATION, OPEN_LINKS, OWN_LINKS, SEARCH_ADDRESS, WORK_ADDRESS, WORK_PAGES

# Settings too, though another file writes them.
__all__ = ["FOOTER", "NAVIGATION", "OPEN_LINKS", "OWN_LINKS", "SEARCH_ADDRESS", "WORK_ADDRESS", "WORK_PAGES"]
ROOT = Path(__file__).resolve().parents[3]
DATA = env.folder("TEQUIO_DATA", ROOT / ".tequio" / "data")
PACKS = Path(env.text("TEQUIO_PACKS", str(ROOT / "packs")))
VERSION = tequio.__version__

DEBUG = env.flag("TEQUIO_DEBUG")
DEMO = env.flag("TEQUIO_DEMO")  # shows the messages of the folder at /buzon/
SECRET_KEY = env.secret_key(DATA)
SECRET_KEY_FALLBACKS = env.words("TEQUIO_OLD_SECRET_KEYS")  # open urns and links of before the key changed
SITE_ADDRESS = env.text("TEQUIO_ADDRESS", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.words("TEQUIO_HOSTS", f"localhost,127.0.0.1,[::1],{env.host(SITE_ADDRESS)}")
HTTPS = SITE_ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
CSRF_FAILURE_VIEW = "tequio.site.views.errors.csrf_failure"
MAINTENANCE = env.text("TEQUIO_MAINTENANCE")
VERIFIER = ROOT / "verificador" / "tequio_verify.py"

INSTALLED_APPS = [
    "tequio.site",
    "tequio.opendata",
    "tequio.monitoring",
    "tequio.plans",
    "tequio.cocreation",
    "tequio.governance",
    "tequio.exercises",
    "tequio.content",
    "tequio.accounts",
    "tequio.kernel",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django_cotton",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "django_linear_migrations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# Outermost first: what every answer carries, files, then what may refuse or move a request, then the session.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tequio.project.middleware.more_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tequio.project.middleware.maintenance",
    "tequio.project.middleware.one_address",
    "tequio.project.middleware.explained_methods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tequio.project.middleware.second_step",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
APPEND_SLASH = False  # one_address does it, both ways

ROOT_URLCONF = "tequio.project.urls"
WSGI_APPLICATION = "tequio.project.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "tequio.accounts.adapters.Entrance",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tequio.kernel.chrome.chrome",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "tequio.kernel.templatetags.tequio"],
        },
    }
]

SITE_NAME = env.text("TEQUIO_NAME", "Tequio")
SITE_MOTTO = env.text("TEQUIO_MOTTO", "Gobierno abierto: qué se prometió, quién responde y con qué pruebas.")
DATA_MAIL = env.text("TEQUIO_DATA_MAIL", "datos@example.org")  # whom the catalogue says to ask about the data
# A mailto: or https: address for whoever finds a fault in security; without one there is no security.txt.
SECURITY_CONTACT = env.text("TEQUIO_SECURITY_CONTACT")
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": env.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL")
PAGE_CACHE_BYTES = env.number("TEQUIO_PAGE_CACHE_MB", 32) * 1024**2
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.text("REDIS_URL")}
        if env.text("REDIS_URL")
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    ),
    # Parts of pages that only an edition's content decides, by its hash; always of the process, so never of other code.
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Everything goes through the outbox; without a server each message is a file of MAIL_FOLDER.
EMAIL_BACKEND = "tequio.project.mail.OutboxBackend"
smtp = env.smtp()
EMAIL_HOST, EMAIL_PORT = smtp.host, smtp.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = smtp.user, smtp.password
EMAIL_USE_TLS, EMAIL_USE_SSL = smtp.starttls, smtp.tls
EMAIL_TIMEOUT = 20
MAIL_FOLDER = DATA / "correo"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender(SITE_ADDRESS)

# When the digest goes out (hour of the deployment's zone; of who asks for a weekly one, on which day, 1 is Monday),
# and how many days before a deadline it reminds.
DIGEST_HOUR = env.within("TEQUIO_DIGEST_HOUR", "7", 0, 23)[0]
DIGEST_WEEKDAY = env.within("TEQUIO_DIGEST_WEEKDAY", "1", 1, 7)[0]
REMINDER_DAYS = env.within("TEQUIO_REMINDER_DAYS", "7,1", 0, 60)

LANGUAGE_CODE = "es-mx"
LANGUAGES = [("es-mx", "Español (México)"), ("en", "English")]
TIME_ZONE = "America/Mexico_City"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Sign-in (accounts/urls.py): a code by mail, or a password; then the second step of those who set one up.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:work"
ACCOUNT_ADAPTER = "tequio.accounts.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail takes minutes where the signal is poor
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("TEQUIO_BEHIND_PROXY") else 0
# Besides the library's own, by address of the network and by what is asked; a school or a plaza shares one address.
ACCOUNT_RATE_LIMITS = {
    "open_form": "60/h/ip",
    "register_for_event": "30/m/ip,300/h/ip,5/h/key",
    "door_post": "300/m/ip,6000/h/ip",
    "kit_feedback": "30/m/ip,200/h/ip",
    "support_problem": "20/h/key",
}
ACCOUNT_FORMS = {
    "request_login_code": "tequio.accounts.forms.door.RequestCodeForm",
    "confirm_login_code": "tequio.accounts.forms.door.EntryCodeForm",
    "signup": "tequio.accounts.forms.door.OpenAccountForm",
    "confirm_email_verification_code": "tequio.accounts.forms.door.MailCodeForm",
    "confirm_reauthentication_code": "tequio.accounts.forms.door.ProofCodeForm",
    "set_password": "tequio.accounts.forms.door.NewPasswordForm",
    "change_password": "tequio.accounts.forms.door.ChangePasswordForm",
    "add_email": "tequio.accounts.forms.door.NewMailForm",
    "reauthenticate": "tequio.accounts.forms.door.PasswordProofForm",
}
MFA_FORMS = {
    "authenticate": "tequio.accounts.forms.door.SecondStepForm",
    "reauthenticate": "tequio.accounts.forms.door.SecondStepProofForm",
    "activate_totp": "tequio.accounts.forms.door.ActivateForm",
    "add_webauthn": "tequio.accounts.forms.keys.NewKeyForm",
    "authenticate_webauthn": "tequio.accounts.forms.keys.KeyForm",
    "login_webauthn": "tequio.accounts.forms.keys.KeyEntryForm",
    "reauthenticate_webauthn": "tequio.accounts.forms.keys.KeyProofForm",
}
MFA_ADAPTER = "tequio.accounts.adapters.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = SITE_NAME

SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^salud$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("TEQUIO_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

WAGTAIL_SITE_NAME = SITE_NAME
# The desk keeps no passwords: everybody enters by the one door (decision 0021).
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}  # a page may be for groups or for who signs in
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("es", "Español"), ("en", "English")]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv", "odt", "ods", "txt", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "tequio.project.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {name: {"filters": ["without_secrets"]} for name in ("django.request", "django.security.csrf")},
    "root": {"handlers": ["console"], "level": env.text("TEQUIO_LOG_LEVEL", "WARNING").upper()},
}
