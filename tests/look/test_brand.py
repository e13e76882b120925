"""Every pair of colours that is used together can be told apart, in our brand and in any other."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "juries" / "static"
OWN_SHEETS = sorted(STATIC.glob("*.css"))
TOKENS = dict(
    re.findall(r"(--color-[\w-]+):\s*(#[0-9a-f]{6});", (STATIC / "brand.css").read_text())
)

TEXT = 4.5
SHAPE = 3.0

TEXT_ON = [
    ("ink", "page"),
    ("ink", "paper"),
    ("ink", "paper-dark"),
    ("ink", "bus-light"),
    ("ink", "accent-light"),
    ("ink", "info-light"),
    ("ink", "success-light"),
    ("ink", "alert-light"),
    ("ink", "error-light"),
    ("ink-soft", "page"),
    ("ink-soft", "paper"),
    ("ink-soft", "bus-light"),
    ("ink-soft", "accent-light"),
    ("ink-soft", "paper-dark"),
    ("link", "page"),
    ("link", "paper"),
    ("link", "bus-light"),
    ("link", "accent-light"),
    ("link-visited", "page"),
    ("bus", "page"),
    ("bus", "bus-light"),
    ("on-brand", "bus"),
    ("on-brand", "bus-dark"),
    ("on-brand", "footer"),
    ("on-brand", "accent"),
    ("on-brand", "error"),
    ("on-brand", "error-dark"),
    ("accent", "page"),
    ("info-dark", "info-light"),
    ("success-dark", "success-light"),
    ("alert-dark", "alert-light"),
    ("error", "error-light"),
    ("error-dark", "page"),
    ("error-dark", "error-light"),
]
SHAPE_ON = [
    ("focus-outline", "page"),
    ("focus-outline", "paper"),
    ("focus-outline", "bus-light"),
    ("coat-of-arms", "page"),
    ("control-border", "page"),
    ("control-border", "paper"),
    ("error", "page"),
    ("bus", "paper-dark"),
    ("series-1", "page"),
    ("series-2", "page"),
    ("series-3", "page"),
    ("series-1", "paper-dark"),
    ("series-2", "paper-dark"),
]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    ratio = contrast(TOKENS[f"--color-{text}"], TOKENS[f"--color-{ground}"])

    assert ratio >= TEXT


@pytest.mark.parametrize(("shape", "ground"), SHAPE_ON)
def test_a_shape_can_be_seen_on_its_ground(shape: str, ground: str) -> None:
    ratio = contrast(TOKENS[f"--color-{shape}"], TOKENS[f"--color-{ground}"])

    assert ratio >= SHAPE


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("sheet", OWN_SHEETS, ids=lambda path: path.name)
def test_colours_are_written_in_the_brand_file_only(sheet: Path) -> None:
    colours = re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", sheet.read_text())

    assert sheet.name == "brand.css" or not colours


@pytest.mark.parametrize("sheet", OWN_SHEETS, ids=lambda path: path.name)
def test_every_colour_that_is_used_is_defined(sheet: Path) -> None:
    used = set(re.findall(r"var\((--color-[\w-]+)", sheet.read_text()))

    assert used <= TOKENS.keys()
