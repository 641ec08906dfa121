"""The kit for a conversation around a table: `make_kit(profile, law, today)` → print-ready files.

Words are in `letter_templates/<language>/outils/`, the look in `pex/outputs/look/`; here they only meet.
"""

from pex.kit.making import Kit, KitFile, make_kit

__all__ = ["Kit", "KitFile", "make_kit"]
