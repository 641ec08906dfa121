"""Where the law, the letter templates, the pictograms, the examples and the look are.

In a checkout the first three sit beside the package; once installed they are in `pex/data/` (the wheel puts
them there, see pyproject.toml). No other file of pex knows this.
"""

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
EXAMPLES = _travelling("examples")
