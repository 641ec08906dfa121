"""The profile of a département: who signs, whom to call, which envelope; a folder the office owns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pex.dossier.facts import Adresse, Dossier, Territoire, TreveLocale
from pex.errors import PexError, UnreadableFile

PHONE = re.compile(r"0[1-9]( \d\d){4}|0 80\d( \d\d){3}|\d{3,4}|3\d \d\d")


@dataclass(frozen=True, slots=True)
class Service:
    """A service as its door says it: name, address, telephone, opening hours."""

    nom: str
    adresse: Adresse | None = None
    telephone: str | None = None
    horaires: str | None = None
    courriel: str | None = None
    gratuit: bool = False


@dataclass(frozen=True, slots=True)
class Signataire:
    """Who signs the letters: « Pour le préfet », a name, a role."""

    formule: str | None = None
    nom: str | None = None
    fonction: str | None = None


@dataclass(frozen=True, slots=True)
class Fenetre:
    """The window of the envelope on the folded sheet, in millimetres from the top left corner of the page."""

    gauche: float = 110.0
    haut: float = 50.0
    largeur: float = 85.0
    hauteur: float = 33.0


@dataclass(frozen=True, slots=True)
class Profile:
    """All local facts. `folder` is where logo.svg|png, signature.png and papier_a_en_tete.docx may be."""

    folder: Path | None = None
    fictif: bool = False
    lieu: str | None = None
    territoire: Territoire = Territoire()
    expediteur: Service | None = None
    services: Mapping[str, Service] = field(default_factory=lambda: MappingProxyType({}))
    signataire: Signataire = Signataire()
    fenetre: Fenetre = Fenetre()

    def file(self, *names: str) -> Path | None:
        """The first of these files that the profile's folder holds, or None."""
        if self.folder is None:
            return None
        return next((path for name in names if (path := self.folder / name).is_file()), None)

    def on_plain_paper(self) -> Profile:
        """The same profile without logo, signature or letterhead."""
        return replace(self, folder=None)

    @property
    def letters(self) -> Path | None:
        """The folder of the office's own wordings of letters, where it has one."""
        folder = self.folder / "courriers" if self.folder else None
        return folder if folder is not None and folder.is_dir() else None

    def place(self, dossier: Dossier) -> Dossier:
        """The dossier with the profile's territory where it gives none of its own.

        The local winter truce is only lent to a dwelling of the same département.
        """
        own, here = dossier.territoire, self.territoire
        adresse = dossier.menage.adresse
        if own.departement is None and (adresse is None or not adresse.code_postal):
            own = replace(own, departement=here.departement)
        if own.treve_hivernale is None and own.departement in (None, here.departement):
            own = replace(own, treve_hivernale=here.treve_hivernale)
        return replace(dossier, territoire=own)


def read_profile(folder: Path) -> Profile:
    """Read `profil.yaml` of a profile's folder.

    Raises UnreadableFile where the folder or the file is absent or damaged, PexError for an unknown key or
    a telephone number that is not written in pairs.
    """
    import yaml

    path = folder / "profil.yaml"
    if not path.is_file():
        raise UnreadableFile(
            f"Le profil « {folder} » ne contient pas de fichier profil.yaml. "
            "Copiez le profil d'exemple (examples/profil) et complétez-le."
        )
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"Le fichier {path} ne peut pas être lu : {error}") from error
    if not isinstance(raw, dict):
        raise UnreadableFile(f"Le fichier {path} doit contenir des clés, par exemple « lieu: Brumeville ».")
    _refuse_unknown(Profile, raw, "", besides=frozenset({"folder"}))
    services = {name: _service(entry, f"services.{name}") for name, entry in (raw.get("services") or {}).items()}
    return Profile(
        folder=folder,
        fictif=bool(raw.get("fictif", False)),
        lieu=raw.get("lieu"),
        territoire=_territory(raw.get("territoire") or {}),
        expediteur=_service(raw["expediteur"], "expediteur") if raw.get("expediteur") else None,
        services=MappingProxyType(services),
        signataire=_build(Signataire, raw.get("signataire") or {}, "signataire"),
        fenetre=_build(Fenetre, raw.get("fenetre") or {}, "fenetre"),
    )


def _service(entry: Any, where: str) -> Service:
    raw = dict(_mapping(entry, where))
    if not raw.get("nom"):
        raise PexError(f"profil.yaml, « {where} » : il manque le nom du service.")
    if raw.get("adresse"):
        address = dict(_mapping(raw["adresse"], f"{where}.adresse"))
        address["lignes"] = tuple(address.get("lignes") or ())
        raw["adresse"] = _build(Adresse, address, f"{where}.adresse")
    phone = raw.get("telephone")
    if phone is not None and not PHONE.fullmatch(str(phone)):
        raise PexError(
            f"profil.yaml, « {where}.telephone » : « {phone} » n'est pas un numéro. "
            'Écrivez-le par deux chiffres, entre guillemets : "03 53 01 00 00".'
        )
    return _build(Service, raw, where)


def _territory(entry: Any) -> Territoire:
    raw = dict(_mapping(entry, "territoire"))
    if raw.get("treve_hivernale"):
        raw["treve_hivernale"] = _build(TreveLocale, raw["treve_hivernale"], "territoire.treve_hivernale")
    return _build(Territoire, raw, "territoire")


def _build(kind: type[Any], entry: Any, where: str) -> Any:
    raw = _mapping(entry, where)
    _refuse_unknown(kind, raw, where)
    return kind(**raw)


def _mapping(entry: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise PexError(f"profil.yaml, « {where} » : écrivez des clés et des valeurs, pas « {entry} ».")
    return entry


def _refuse_unknown(kind: type[Any], raw: Mapping[str, Any], where: str, besides: frozenset[str] = frozenset()) -> None:
    known = {item.name for item in fields(kind)} - besides
    unknown = sorted(set(raw) - known)
    if unknown:
        place = f"« {where} » : " if where else ""
        raise PexError(f"profil.yaml, {place}clé inconnue « {unknown[0]} ». Clés admises : {', '.join(sorted(known))}.")
