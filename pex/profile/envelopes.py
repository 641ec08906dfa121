"""Envelopes with a window: which part of the folded sheet is seen, however the sheet slides inside.

A sheet is smaller than its envelope, so it moves. The address must stand where the window always shows it; the
rest of what the window may show, at one end or the other of the play, must stay blank. All lengths are
millimetres. Places on the envelope are measured with the address upright: from the side the window is on, and
from the bottom.
"""

from __future__ import annotations

from dataclasses import dataclass

from pex.errors import PexError

A4 = (210.0, 297.0)
RIGHT, LEFT = "droite", "gauche"


@dataclass(frozen=True, slots=True)
class Format:
    """An envelope's size, and how many parts an A4 sheet is folded into to fit."""

    largeur: float
    hauteur: float
    plis: int


# ISO 269 sizes. A sheet folded in three, in two, or flat.
FORMATS = {"DL": Format(220, 110, 3), "C5/6": Format(229, 114, 3), "C5": Format(229, 162, 2), "C4": Format(229, 324, 1)}


@dataclass(frozen=True, slots=True)
class Ouverture:
    """A window as it is measured on the envelope: its size, its distance to the nearest side and to the bottom."""

    largeur: float
    hauteur: float
    bord: float
    bas: float


# The window usually sold in France with these two formats. No usual one was found for the others: they are measured.
USUAL = {"DL": Ouverture(100, 45, 20, 20), "C5/6": Ouverture(100, 45, 20, 20)}


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the page, in millimetres from its top left corner."""

    gauche: float
    haut: float
    droite: float
    bas: float


@dataclass(frozen=True, slots=True)
class Fenetre:
    """Where the address stands on the page, in millimetres from the top left corner; `vue` is what may be seen."""

    gauche: float = 110.0
    haut: float = 50.0
    largeur: float = 85.0
    hauteur: float = 33.0
    vue: Zone | None = None

    @property
    def seen(self) -> Zone:
        """All that the window may show: nothing but the address may stand there."""
        return self.vue or Zone(self.gauche, self.haut, self.gauche + self.largeur, self.haut + self.hauteur)

    @property
    def is_left(self) -> bool:
        """True where the address is on the left half of the page, so that the sender goes to the right."""
        return self.gauche + self.largeur / 2 < A4[0] / 2


@dataclass(frozen=True, slots=True)
class Enveloppe:
    """The envelopes of an office. Formats that share a window may be used in turn: « DL » and « C5/6 »."""

    formats: tuple[str, ...] = ("DL", "C5/6")
    cote: str = RIGHT
    ouverture: Ouverture | None = None

    @property
    def window(self) -> Fenetre:
        """Where the address is seen in each of these envelopes, and all that any of them may show.

        Raises PexError where an envelope has no known window, or where no place of the page is always seen.
        """
        always, ever = zip(*(self._zones(name) for name in self.formats), strict=True)
        gauche, haut = max(zone.gauche for zone in always), max(zone.haut for zone in always)
        droite, bas = min(zone.droite for zone in always), min(zone.bas for zone in always)
        if droite - gauche < 60 or bas - haut < 15:
            raise PexError(
                "profil.yaml, « enveloppe » : avec ces mesures, l'adresse ne tient pas dans la fenêtre quand la "
                "feuille glisse. Mesurez de nouveau la fenêtre, ou choisissez un seul format."
            )
        vue = Zone(
            min(zone.gauche for zone in ever), min(zone.haut for zone in ever),
            max(zone.droite for zone in ever), max(zone.bas for zone in ever),
        )  # fmt: skip
        return Fenetre(gauche + 1, haut + 1, droite - gauche - 1, bas - haut - 1, vue)

    def _zones(self, name: str) -> tuple[Zone, Zone]:
        """On the page: what the window always shows, and all that it may show."""
        size, opening = FORMATS[name], self.ouverture or USUAL.get(name)
        if opening is None:
            raise PexError(
                f"profil.yaml, « enveloppe » : mesurez la fenêtre de votre enveloppe {name} et écrivez-la, par exemple "
                "« fenetre_mesuree: {largeur: 100, hauteur: 45, bord: 20, bas: 20} »."
            )
        width, height = A4[0], A4[1] / size.plis
        aside, above = size.largeur - width, size.hauteur - height
        left = opening.bord if self.cote == LEFT else size.largeur - opening.bord - opening.largeur
        right = left + opening.largeur
        top, bottom = height - opening.bas - opening.hauteur, height - opening.bas
        always = Zone(left, top + above, right - aside, bottom)
        return always, Zone(max(0, left - aside), max(0, top), min(width, right), min(height, bottom + above))
