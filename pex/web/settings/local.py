"""One PC: one SQLite file in the user's data folder, or in the folder named by PEX_DONNEES."""

from __future__ import annotations

from pex.folders import data_folder
from pex.web.settings.base import *  # noqa: F403
from pex.web.settings.secret import read_or_make_secret

DATA_FOLDER = data_folder()
SECRET_KEY = read_or_make_secret(DATA_FOLDER)
# `pex web` adds the port it listens on: see pex.web.middleware.same_site.
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
AUTHENTICATION_BACKENDS = ["pex.web.opening.HolderOfTheOpening"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_FOLDER / "pex.sqlite3",
        "OPTIONS": {
            # A writer takes its lock at once, so that two of them wait instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA cache_size=-32000;"
            ),
        },
    }
}
