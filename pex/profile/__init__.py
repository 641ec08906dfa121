"""The profile of a département: who signs, whom to call, which envelope; a folder the office owns."""

from pex.profile.envelopes import Enveloppe, Fenetre
from pex.profile.reading import read_profile
from pex.profile.values import Profile, Secteur, Service, Signataire

__all__ = ["Enveloppe", "Fenetre", "Profile", "Secteur", "Service", "Signataire", "read_profile"]
