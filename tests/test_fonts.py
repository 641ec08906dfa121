"""The fonts that ship with pex: no name lacks a letter, and no accent falls beside its letter."""

import pytest
from fontTools.ttLib import TTFont

from pex.folders import FONTS

TEXT_FONTS = sorted(FONTS.glob("AtkinsonHyperlegible-*.ttf"), key=lambda path: path.name)
NAMES = "Œuvrard Çelik Nguyễn Thị Ngọc İbrahim Řehoř Łukasz Ștefan Đặng Ελένη Україна"
SIGNS = "« » – — ’ … € № ° → ✓ ☎ ● ☐ ⚠ ✉ − \u00a0\u202f\u2009\u2011"


def characters(path) -> set[int]:
    with TTFont(path) as font:
        return set(font.getBestCmap())


def name(path) -> str:
    return path.name


@pytest.mark.parametrize("path", TEXT_FONTS, ids=name)
def test_the_text_font_leaves_lone_accents_to_noto(path):
    """Atkinson cannot place them: with them, « Nguyễn » is drawn wrong and read aloud « Nguyễễn »."""
    assert not characters(path) & set(range(0x300, 0x370))


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_together_the_fonts_have_every_letter_and_sign(weight):
    ours = [FONTS / f"AtkinsonHyperlegible-{weight}.ttf", FONTS / f"NotoSans-{weight}.ttf"]
    signs = [FONTS / "NotoSansMath-Regular.ttf", FONTS / "NotoSansSymbols2-Regular.ttf"]
    drawn = set().union(*map(characters, ours + signs))
    assert not [sign for sign in NAMES + SIGNS if ord(sign) not in drawn]


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.woff2")), ids=name)
def test_a_font_embedded_in_a_page_stays_small(path):
    assert path.stat().st_size <= 30_000


@pytest.mark.parametrize("path", sorted(FONTS.glob("AtkinsonHyperlegible-*.*"), key=name), ids=name)
def test_a_zero_has_no_slash(path):
    """« 2027 » is read by people who have never seen a slashed zero: one ring, and as wide as it was drawn."""
    with TTFont(path) as font:
        assert font["glyf"]["zero"].numberOfContours == 2
        assert font["hmtx"]["zero"][0] == {"Regular": 648, "Bold": 652, "Italic": 654}[path.stem.partition("-")[2]]
