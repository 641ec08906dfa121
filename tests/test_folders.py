"""Every folder that pex reads from exists and holds what its name says."""

import pytest

from pex import folders


@pytest.mark.parametrize(
    ("folder", "what_it_holds"),
    [
        (folders.LAW, "*.yaml"),
        (folders.LETTER_TEMPLATES, "fr/*.md"),
        (folders.PICTOGRAMS, "*.svg"),
        (folders.EXAMPLES, "*.yaml"),
        (folders.LOOK, "*"),
        (folders.FONTS, "*.ttf"),
        (folders.FONTS, "OFL-*.txt"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_folder_holds_what_its_name_says(folder, what_it_holds):
    assert folder.is_absolute()
    assert any(folder.glob(what_it_holds)), f"{folder} ne contient aucun fichier {what_it_holds}"


def test_a_checkout_has_no_copy_of_the_data():
    """A leftover `pex/data/` would silently win over the folders people edit."""
    assert not (folders.PACKAGE / "data").exists()
    assert folders.LETTER_TEMPLATES.parent == folders.PACKAGE.parent
