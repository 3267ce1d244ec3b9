"""A region's colour: whatever it chooses, what is read from it has the contrast that the law asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yhdys.web.accent import DEFAULT, INK, WHITE, NotAColour, contrast, palette, usable

colours = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@given(colours)
def test_every_colour_becomes_legible(colour: str) -> None:
    shades = palette(colour)
    assert shades.accent == colour
    assert contrast(shades.strong, WHITE) >= 5.5
    assert contrast(shades.strong, shades.tint) >= 4.5
    assert contrast(shades.deep, WHITE) >= 9
    assert contrast(shades.deep, shades.tint) >= 7
    assert contrast(INK, shades.tint) >= 10


def test_a_dark_enough_colour_is_kept_as_it_is() -> None:
    assert palette("#1d4f8c").strong == "#1d4f8c"


def test_yellow_becomes_a_dark_yellow_and_not_another_colour() -> None:
    red, green, blue = (int(palette("#f2a900").strong[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "1d4f8c", "#1d4f8c;}body{display:none"])
def test_what_is_no_colour_is_refused_and_never_reaches_a_stylesheet(text: str) -> None:
    with pytest.raises(NotAColour):
        palette(text)
    assert usable(text) == DEFAULT


def test_capital_letters_make_no_other_colour() -> None:
    assert palette("#2A6EBB") == palette("#2a6ebb")
    assert usable("#2A6EBB") == "#2a6ebb"


def test_the_stylesheet_says_the_five_shades() -> None:
    shades = palette("#0a7d5a")
    assert shades.stylesheet() == (
        f":root{{--accent:#0a7d5a;--accent-strong:{shades.strong};--accent-deep:{shades.deep};"
        f"--accent-tint:{shades.tint};--accent-line:{shades.line}}}\n"
    )
