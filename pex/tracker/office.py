"""What an office decided. A page calls `titulaire`, `profile_of`, `set_profile`, `setting`, `set_setting`."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pex.errors import PexError
from pex.profile import Profile, read_profile
from pex.tracker.models import Account, Role, Setting, Structure

PROFILE = "profil"
EMPTY = hashlib.sha256().hexdigest()


def setting(structure: Structure | None, name: str, default: Any = None) -> Any:
    """The value kept under that name for the structure (None: for the whole database)."""
    found = Setting.objects.filter(structure=structure, name=name).values_list("value", flat=True).first()
    return default if found is None else found


def set_setting(structure: Structure | None, name: str, value: Any) -> None:
    """Keep a plain value (as JSON) under that name."""
    Setting.objects.update_or_create(structure=structure, name=name, defaults={"value": value})


def titulaire(name: str = "Mon service", *, fictitious: bool = False) -> Account:
    """The one account of a PC, made with its structure where the database is new."""
    found = Account.objects.filter(role=Role.TITULAIRE, is_active=True).select_related("structure").first()
    if found is not None:
        return found
    structure = Structure.objects.create(name=name, fictitious=fictitious)
    account = Account(username="titulaire", structure=structure, role=Role.TITULAIRE)
    account.set_unusable_password()
    account.save()
    return account


def profile_of(structure: Structure) -> Profile:
    """The profile of the structure, read again when its folder changed; an empty one where none was chosen.

    Raises UnreadableFile or PexError where the folder cannot be read.
    """
    folder = setting(structure, PROFILE)
    if not folder:
        return Profile(fictif=structure.fictitious)
    path = Path(folder)
    return _read(path, _state(path))


def set_profile(structure: Structure, folder: Path) -> Profile:
    """Choose the profile's folder, once it has been read. Raises as `read_profile` does."""
    profile = read_profile(folder)
    if structure.fictitious and not profile.fictif:
        raise PexError("Ces données sont inventées : le profil doit porter « fictif: true ».")
    set_setting(structure, PROFILE, str(folder.resolve()))
    return profile


def profile_hash(profile: Profile) -> str:
    """What tells one state of a profile from another: the content of all its files."""
    return _hash(profile.folder, _state(profile.folder)) if profile.folder is not None else EMPTY


def _state(folder: Path) -> tuple[float, ...]:
    return tuple(path.stat().st_mtime for path in (folder, *sorted(folder.rglob("*"))) if path.exists())


@lru_cache(maxsize=8)
def _read(folder: Path, state: tuple[float, ...]) -> Profile:
    return read_profile(folder)


@lru_cache(maxsize=8)
def _hash(folder: Path, state: tuple[float, ...]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
