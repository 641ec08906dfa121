"""The profile of a département as values: who signs, whom to call, which envelope."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from pex.dossier.facts import Adresse, Dossier, Territoire
from pex.profile.envelopes import Enveloppe, Fenetre


@dataclass(frozen=True, slots=True)
class Service:
    """A service as its door says it: name, address, telephone, opening hours; `aide` says what it helps with."""

    nom: str
    adresse: Adresse | None = None
    telephone: str | None = None
    horaires: str | None = None
    courriel: str | None = None
    gratuit: bool = False
    aide: str | None = None


@dataclass(frozen=True, slots=True)
class Secteur:
    """The partners of some communes: their services stand in for those of the département."""

    secteur: str
    communes: tuple[str, ...] = ()
    codes_postaux: tuple[str, ...] = ()
    services: Mapping[str, Service] = field(default_factory=lambda: MappingProxyType({}))

    def holds(self, adresse: Adresse) -> bool:
        """True for an address in one of its communes, however it is typed, or under one of its postcodes."""
        town = _plain(adresse.commune or "")
        return any(town == _plain(name) for name in self.communes) or adresse.code_postal in self.codes_postaux


@dataclass(frozen=True, slots=True)
class Signataire:
    """Who signs the letters: « Pour le préfet », a name, a role."""

    formule: str | None = None
    nom: str | None = None
    fonction: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """All local facts. `folder` is where logo, signature, tampon and papier_a_en_tete.docx may be.

    `recours_aide_logement` says which means of appeal a household is told of against a suspended housing aid:
    gracieux_ou_tribunal, recours_prealable or decision_jointe; the law of it could not be read.
    """

    folder: Path | None = None
    fictif: bool = False
    lieu: str | None = None
    territoire: Territoire = Territoire()
    expediteur: Service | None = None
    services: Mapping[str, Service] = field(default_factory=lambda: MappingProxyType({}))
    partenaires: tuple[Secteur, ...] = ()
    signataire: Signataire = Signataire()
    fenetre: Fenetre = field(default_factory=lambda: Enveloppe().window)
    recto_verso: bool = True
    recours_aide_logement: str = "gracieux_ou_tribunal"

    def file(self, *names: str) -> Path | None:
        """The first of these files that the profile's folder holds, or None."""
        if self.folder is None:
            return None
        return next((path for name in names if (path := self.folder / name).is_file()), None)

    @property
    def logo(self) -> Path | None:
        return self.file("logo.svg", "logo.png")

    @property
    def signature(self) -> Path | None:
        return self.file("signature.svg", "signature.png")

    @property
    def stamp(self) -> Path | None:
        return self.file("tampon.svg", "tampon.png")

    def on_plain_paper(self) -> Profile:
        """The same profile without logo, signature, stamp or letterhead."""
        return replace(self, folder=None)

    @property
    def letters(self) -> Path | None:
        """The folder of the office's own wordings of letters, where it has one."""
        folder = self.folder / "courriers" if self.folder else None
        return folder if folder is not None and folder.is_dir() else None

    def near(self, dossier: Dossier) -> Profile:
        """The same profile with the partners of the household's commune; where two sectors hold it, the first."""
        adresse = dossier.menage.adresse
        found = next((sector for sector in self.partenaires if adresse is not None and sector.holds(adresse)), None)
        if found is None:
            return self
        return replace(self, services=MappingProxyType({**self.services, **found.services}))

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


def _plain(name: str) -> str:
    """« Saint-Étienne » and « ST ETIENNE » as the same letters."""
    letters = unicodedata.normalize("NFD", name.casefold())
    words = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)
