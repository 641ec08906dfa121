"""pex aide à prévenir les expulsions : dates, courriers et frises, en français facile à lire."""

__version__ = "0.1.0"
