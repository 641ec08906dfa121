"""What every installation shares: closed by default, no script or style inside a page, nothing kept by a browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pex.folders import FONTS

# pex.web comes before django.forms: its templates of fields are the ones used.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "pex.tracker",
    "pex.web",
    "django.forms",
]

# In order: what refuses comes before what works.
MIDDLEWARE: list[str] = [
    "pex.web.middleware.headers.SafeHeaders",
    "pex.web.middleware.same_site.OwnAddressOnly",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pex.web.middleware.idle.LockWhenIdle",
    "pex.web.middleware.opening.OpenedOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pex.web.middleware.read_only.ReadOnlyGet",
    "pex.web.middleware.problems.ProblemsInFrench",
]

ROOT_URLCONF = "pex.web.urls"
WSGI_APPLICATION = "pex.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "pex.web.context.page_frame",
            ],
            "builtins": ["pex.web.templatetags.look", "pex.web.templatetags.words"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

STATIC_URL = "/statique/"
STATICFILES_DIRS = [("pex/fonts", FONTS)]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# The session lives in the memory of the process: it ends with it, and a page that is only read writes nothing.
_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES: dict[str, Any] = {
    "default": {"BACKEND": _MEMORY, "LOCATION": "sessions", "OPTIONS": {"MAX_ENTRIES": 1000}},
    "figures": {"BACKEND": _MEMORY, "LOCATION": "figures", "OPTIONS": {"MAX_ENTRIES": 60}},
}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_NAME = "pex_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
IDLE_BEFORE_LOCK = timedelta(minutes=15)
CSRF_COOKIE_NAME = "pex_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "pex.web.views.errors.forged_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
APPEND_SLASH = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
DEBUG = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tracker.Account"

# A log tells where a bug is, never what was in the page: see pex.web.quiet_log.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "pex.web.quiet_log.QuietFormatter"}},
    "handlers": {"quiet": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "loggers": {
        "django": {"handlers": ["quiet"], "level": "ERROR", "propagate": False},
        "waitress": {"handlers": ["quiet"], "level": "ERROR", "propagate": False},
    },
}
