"""The profile of a département: who signs, whom to call, which paper; a folder the office owns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pex.dossier.facts import Adresse, Territoire


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
