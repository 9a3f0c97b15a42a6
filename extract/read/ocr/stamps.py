"""Page in colour -> the page in grey, without the red stamps that lie over its print, nor the signatures they seal."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Mask = NDArray[np.bool_]

_REDUCED = 4  # pixels of a side that are made one to look for red
_REDDISH = 40  # levels by which red leads in a stamp
_RED_ROW = 3  # reddish pixels that make a row red
_STAMP = 0.05  # of the page's height: no line of text is as tall
_EDGE = 8  # pixels above and below a stamp that its colour runs out in
_NEUTRAL, _COLOURED = 24, 40  # levels that a picture's compression parts the colours of black by; that ink's part by
_REACH = 3  # pixels of a side that colour is spread to: compression blurs it
_BLACKEST = 1  # per cent of what has no colour: the print
_CLEAR, _PRINT = 40, 0.2  # levels between print and ink that tell them apart; of the way to ink that is still print
_AROUND = 3  # pixels that what lay below the ink is told from
_FEW = 4  # of 255: there is nothing around to tell it from
_RED, _BLUE = 0, 2


def in_grey(image: Image.Image) -> Image.Image:
    """The page in grey; where red is spread as no line of text is, red and blue ink are taken away."""
    if image.mode in {"L", "1", "I;16", "I", "LA"}:
        return image.convert("L")
    colours = image.convert("RGB")
    grey = colours.convert("L")
    paper = max(range(256), key=grey.histogram().__getitem__)
    for top, bottom in _stamped_rows(colours):
        band = (0, max(0, top - _EDGE), image.width, min(image.height, bottom + _EDGE))
        grey.paste(_without_ink(colours.crop(band), np.asarray(grey.crop(band)), paper), band)
    return grey


def _stamped_rows(colours: Image.Image) -> list[tuple[int, int]]:
    """The bands of rows, in pixels of the page, that hold something red as tall as a stamp."""
    small = np.asarray(colours.reduce(_REDUCED), np.int16)
    red = small[..., _RED] - np.maximum(small[..., 1], small[..., _BLUE]) > _REDDISH
    rows = red.sum(axis=1) >= _RED_ROW
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    bands = edges.reshape(-1, 2) * _REDUCED
    return [(int(a), int(b)) for a, b in bands if b - a >= _STAMP * colours.height]


def _without_ink(colours: Image.Image, grey: NDArray[np.uint8], paper: int) -> Image.Image:
    """A band with the ink's pixels as those around them: paper, or the strokes of a letter that the ink crosses."""
    ink = _ink(np.asarray(colours, np.int16), grey)
    shown = np.where(ink, 0, grey).astype(np.uint8)
    share, sum_of = _blurred(np.where(ink, 0, 255).astype(np.uint8)), _blurred(shown)
    below = np.where(share > _FEW, np.minimum(sum_of * 255 / np.maximum(share, 1), 255), paper)
    return Image.fromarray(np.where(ink, below, grey).astype(np.uint8))


def _ink(levels: NDArray[np.int16], grey: NDArray[np.uint8]) -> Mask:
    """Where red or blue ink lies, but over print: there its own colour is as dark as print."""
    span = levels.max(axis=2) - levels.min(axis=2)
    plain = grey[span < _NEUTRAL]
    black = float(np.percentile(plain, _BLACKEST)) if plain.size else 0.0
    leading = levels.argmax(axis=2)
    found: Mask = np.zeros(grey.shape, np.bool_)
    for channel in (_RED, _BLUE):
        coloured = (leading == channel) & (span > _COLOURED)
        if coloured.any():
            own = levels[..., channel]
            lightness = float(np.median(own[coloured]))
            clear = lightness - black > _CLEAR
            found |= _spread(coloured) & (own > black + _PRINT * (lightness - black)) if clear else coloured
    return found


def _spread(mask: Mask) -> Mask:
    return np.asarray(Image.fromarray(mask).convert("L").filter(ImageFilter.MaxFilter(_REACH))) > 0


def _blurred(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(Image.fromarray(grey).filter(ImageFilter.BoxBlur(_AROUND)), np.float32)
