"""`profil.yaml`, read into a Profile; every slip is told with its place and what to write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pex.dossier.facts import Adresse, Territoire, TreveLocale
from pex.errors import PexError, UnreadableFile
from pex.profile.envelopes import FORMATS, LEFT, RIGHT, Enveloppe, Fenetre, Ouverture
from pex.profile.values import Profile, Secteur, Service, Signataire

PHONE = re.compile(r"0[1-9]( \d\d){4}|0 80\d( \d\d){3}|\d{3,4}|3\d \d\d")
APPEALS = ("gracieux_ou_tribunal", "recours_prealable", "decision_jointe")
KEYS = frozenset(item.name for item in fields(Profile)) - {"folder", "recto_verso"} | {"enveloppe", "papier"}
PAPER = "A4"


def read_profile(folder: Path) -> Profile:
    """Read `profil.yaml` of a profile's folder.

    Raises UnreadableFile where the folder or the file is absent or damaged, PexError for an unknown key, a
    telephone number that is not written in pairs, or an envelope in whose window no address fits.
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
    _refuse_unknown(KEYS, raw, "")
    return Profile(
        folder=folder,
        fictif=bool(raw.get("fictif", False)),
        lieu=raw.get("lieu"),
        territoire=_territory(raw.get("territoire") or {}),
        expediteur=_service(raw["expediteur"], "expediteur") if raw.get("expediteur") else None,
        services=_services(raw.get("services") or {}, "services"),
        partenaires=tuple(_sector(entry, number) for number, entry in enumerate(raw.get("partenaires") or (), 1)),
        signataire=_build(Signataire, raw.get("signataire") or {}, "signataire"),
        fenetre=_window(raw),
        recto_verso=_two_sided(raw.get("papier") or {}),
        recours_aide_logement=_one_of(
            raw.get("recours_aide_logement") or APPEALS[0], APPEALS, "recours_aide_logement"
        ),
    )  # fmt: skip


def _services(entry: Any, where: str) -> Mapping[str, Service]:
    found = {str(name): _service(each, f"{where}.{name}") for name, each in _mapping(entry, where).items()}
    return MappingProxyType(found)


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


def _sector(entry: Any, number: int) -> Secteur:
    where = f"partenaires, n° {number}"
    raw = dict(_mapping(entry, where))
    if not raw.get("secteur"):
        raise PexError(f"profil.yaml, « {where} » : il manque « secteur », le nom de ce secteur.")
    if not raw.get("communes") and not raw.get("codes_postaux"):
        raise PexError(f"profil.yaml, « {where} » : dites « communes » ou « codes_postaux ».")
    for code in raw.get("codes_postaux") or ():
        if not re.fullmatch(r"\d{5}", str(code)) or not isinstance(code, str):
            raise PexError(
                f"profil.yaml, « {where} » : écrivez le code postal « {code} » avec cinq chiffres, entre guillemets."
            )
    raw["communes"] = tuple(raw.get("communes") or ())
    raw["codes_postaux"] = tuple(raw.get("codes_postaux") or ())
    raw["services"] = _services(raw.get("services") or {}, f"{where}, services")
    return _build(Secteur, raw, where)


def _window(raw: Mapping[str, Any]) -> Fenetre:
    """The place of the address: measured on the page (`fenetre`), or that of the office's envelopes."""
    if raw.get("fenetre") and raw.get("enveloppe"):
        raise PexError("profil.yaml : écrivez « enveloppe » ou « fenetre », pas les deux.")
    if raw.get("fenetre"):
        window: Fenetre = _build(Fenetre, raw["fenetre"], "fenetre", besides=frozenset({"vue"}))
        return window
    entry = _mapping(raw.get("enveloppe") or {}, "enveloppe")
    _refuse_unknown(frozenset({"format", "fenetre", "fenetre_mesuree"}), entry, "enveloppe")
    named = entry.get("format") or list(Enveloppe().formats)
    formats = tuple(
        _one_of(name, FORMATS, "enveloppe.format") for name in ([named] if isinstance(named, str) else named)
    )
    side = _one_of(entry.get("fenetre") or RIGHT, (RIGHT, LEFT), "enveloppe.fenetre")
    measured = entry.get("fenetre_mesuree")
    opening = _build(Ouverture, measured, "enveloppe.fenetre_mesuree") if measured else None
    return Enveloppe(formats, side, opening).window


def _two_sided(entry: Any) -> bool:
    paper = _mapping(entry, "papier")
    _refuse_unknown(frozenset({"format", "recto_verso"}), paper, "papier")
    if paper.get("format", PAPER) != PAPER:
        raise PexError(f"profil.yaml, « papier.format » : les courriers sont faits pour le {PAPER}. Écrivez {PAPER}.")
    two_sided = paper.get("recto_verso", True)
    if not isinstance(two_sided, bool):
        raise PexError("profil.yaml, « papier.recto_verso » : écrivez true ou false.")
    return two_sided


def _territory(entry: Any) -> Territoire:
    raw = dict(_mapping(entry, "territoire"))
    if raw.get("treve_hivernale"):
        raw["treve_hivernale"] = _build(TreveLocale, raw["treve_hivernale"], "territoire.treve_hivernale")
    return _build(Territoire, raw, "territoire")


def _build(kind: type[Any], entry: Any, where: str, besides: frozenset[str] = frozenset()) -> Any:
    raw = _mapping(entry, where)
    _refuse_unknown(frozenset(item.name for item in fields(kind)) - besides, raw, where)
    try:
        return kind(**raw)
    except TypeError:
        missing = [item.name for item in fields(kind) if item.name not in raw and item.name not in besides]
        raise PexError(f"profil.yaml, « {where} » : il manque {', '.join(missing)}.") from None


def _mapping(entry: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise PexError(f"profil.yaml, « {where} » : écrivez des clés et des valeurs, pas « {entry} ».")
    return entry


def _one_of(value: Any, known: Any, where: str) -> str:
    if value not in known:
        raise PexError(f"profil.yaml, « {where} » : « {value} » n'existe pas. Choix : {', '.join(known)}.")
    return str(value)


def _refuse_unknown(known: frozenset[str], raw: Mapping[str, Any], where: str) -> None:
    unknown = sorted(set(raw) - known)
    if unknown:
        place = f"« {where} » : " if where else ""
        raise PexError(f"profil.yaml, {place}clé inconnue « {unknown[0]} ». Clés admises : {', '.join(sorted(known))}.")
