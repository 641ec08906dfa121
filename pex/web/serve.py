"""`pex web`: prepares the data, listens on this PC only, opens the browser."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from pex.errors import PexError
from pex.web.instance import AlreadyOpen, only_one, say_address

HOST = "127.0.0.1"
LARGEST_REQUEST = 30_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked: `port` 0 takes a free one; `example` opens on invented households, made anew."""

    folder: Path
    port: int = 0
    browser: bool = True
    example: bool = False


def serve(wish: Wish, say: Callable[[str], None]) -> None:
    """Run until it is stopped; `say` shows a sentence.

    Raises PexError where it cannot: folder, port, database.
    """
    os.umask(0o077)
    os.environ["PEX_DONNEES"] = str(wish.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "pex.web.settings.local"
    try:
        with only_one(wish.folder):
            listener = _listen(wish.port)
            try:
                _prepare(wish, say)
                _run(wish, listener, say)
            finally:
                listener.close()
    except AlreadyOpen as other:
        _open_the_other(wish, other.address, say)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(64)
    except (OSError, OverflowError) as error:
        listener.close()
        raise PexError(
            f"Le port {port} est déjà pris, ou interdit. Relancez sans --port : pex en choisit un libre."
        ) from error
    return listener


def _prepare(wish: Wish, say: Callable[[str], None]) -> None:
    if wish.example:
        for path in wish.folder.glob("pex.sqlite3*"):
            path.unlink()
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from pex.tracker import office
    from pex.tracker.assess import reassess
    from pex.tracker.restoring import restore_if_asked
    from pex.web.database import count_again, prepare

    today = timezone.localdate()
    put_back = restore_if_asked(today)
    if put_back is not None:
        say(f"La sauvegarde est remise : {put_back['dossiers']} dossiers.")
    saved = prepare(Path(settings.DATABASES["default"]["NAME"]))
    if saved is not None:
        say(f"Nouvelle version de pex : vos données sont à jour. L'ancien état est gardé dans {saved}.")
    if wish.example:
        from pex.tracker.demo import fill

        say("Préparation de 200 ménages inventés…")
        fill(today)
    office.titulaire()
    for _ in reassess(today):
        pass
    count_again()


def _run(wish: Wish, listener: socket.socket, say: Callable[[str], None]) -> None:
    from django.conf import settings
    from waitress.server import create_server

    from pex.web.background import Background
    from pex.web.opening import forget_tokens
    from pex.web.wsgi import application

    port = listener.getsockname()[1]
    address = f"http://{HOST}:{port}"
    # A browser keeps cookies by host, whatever the port: two pex on one PC would close each other.
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = f"pex_session_{port}", f"pex_csrf_{port}"
    settings.OWN_HOSTS = (f"{HOST}:{port}", f"localhost:{port}")
    server: Any = create_server(
        application,
        sockets=[listener],
        threads=8,
        ident=None,
        max_request_body_size=LARGEST_REQUEST,
        clear_untrusted_proxy_headers=True,
    )
    forget_tokens(wish.folder)
    say_address(wish.folder, address)
    _show(wish, address, say)
    say("Pour arrêter : Ctrl et C dans cette fenêtre.")
    with Background():
        try:
            server.run()
        finally:
            server.close()
    say("pex est arrêté. Vos dossiers sont enregistrés.")


def _show(wish: Wish, address: str, say: Callable[[str], None]) -> None:
    from pex.web.opening import make_token

    opening = f"{address}/ouvrir/?{urlencode({'jeton': make_token(wish.folder)})}"
    say(f"pex est ouvert sur ce PC. Cette adresse sert une fois :\n  {opening}")
    if wish.browser and _has_a_screen():
        webbrowser.open(opening)


def _has_a_screen() -> bool:
    """Without one, a text browser could take the window, and spend the address."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_the_other(wish: Wish, address: str | None, say: Callable[[str], None]) -> None:
    """Somebody already runs pex on these data: open that one."""
    if address is None:
        raise PexError(
            "pex est déjà en train de démarrer sur ces données. Attendez quelques secondes, puis recommencez."
        )
    import django

    django.setup()
    say("pex est déjà lancé : le voici.")
    _show(wish, address, say)
