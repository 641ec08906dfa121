"""Where the law, the letter templates, the pictograms, the examples and the look are.

In a checkout the first three sit beside the package; once installed they are in `pex/data/` (the wheel puts
them there, see pyproject.toml). No other file of pex knows this.
"""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _travelling(name: str) -> Path:
    """A folder of the repository's root that the wheel carries into `pex/data/`."""
    installed = PACKAGE / "data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name


LAW = PACKAGE / "law"
LOOK = PACKAGE / "outputs" / "look"
FONTS = LOOK / "fonts"
LETTER_TEMPLATES = _travelling("letter_templates")
PICTOGRAMS = _travelling("pictograms")
PAPERS = PICTOGRAMS / "papiers"
EXAMPLES = _travelling("examples")


def data_folder() -> Path:
    """Where the application keeps its dossiers: PEX_DONNEES, or the usual place of the system. Not made here."""
    if chosen := os.environ.get("PEX_DONNEES"):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home()) / "pex"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "pex"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "pex"
