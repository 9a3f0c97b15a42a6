"""Scanned page -> the same page upright and straight, in grey; and the way back to the paper."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from extract.read.ocr.stamps import in_grey

Points = tuple[NDArray[np.float32], NDArray[np.float32]]
Matrix = tuple[float, float, float, float, float, float]

DPI = 200
_LOWEST, _HIGHEST = 150, 260  # dots an inch that are left as they are
_SMALL = 3  # pixels of a side that are made one to look for skew
_STEEPEST = 12.0  # degrees
_FEW_POINTS, _MANY_POINTS = 4000, 12000  # to look for the slope, and to measure it
_LEAST_SKEW = 0.2  # degrees; less harms neither recognition nor rulings
_DARKER = 30  # levels by which ink is darker than its surroundings
_FEWEST_POINTS = 50  # that say how a page lies
_LINE = 8, 40  # pixels at half the size that a line of text is tall
_ENOUGH, _HANGS = 2000, 1.4  # pixels above and below lines that tell which way is up; how much more hangs than rises
_SLIGHT = 1.2  # degrees
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}  # clockwise; Pillow counts the other way


@dataclass(frozen=True, slots=True)
class Upright:
    """A grey page as it is to be read; `matrix` takes its pixels to the pixels of the page as it came."""

    image: Image.Image
    dpi: int
    matrix: Matrix = (1, 0, 0, 0, 1, 0)

    def turned(self, degrees: int) -> "Upright":
        """The page turned clockwise by a multiple of 90 degrees."""
        if degrees % 360 == 0:
            return self
        width, height = self.image.size
        back: dict[int, Matrix] = {
            90: (0, 1, 0, -1, 0, height),
            180: (-1, 0, width, 0, -1, height),
            270: (0, -1, width, 1, 0, 0),
        }
        image = self.image.transpose(_TURNS[degrees % 360])
        return Upright(image, self.dpi, _after(self.matrix, back[degrees % 360]))

    def straightened(self, degrees: float) -> "Upright":
        """The page rotated counter-clockwise by a few degrees, on a sheet as large as it takes."""
        if abs(degrees) < _LEAST_SKEW:
            return self
        if abs(degrees) <= _SLIGHT:
            return Upright(_sheared(self.image, degrees), self.dpi, _after(self.matrix, _rotation(self.image, degrees)))
        image = self.image.rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor=_paper(self.image))
        back = _rotation(self.image, degrees, image.size)
        return Upright(image, self.dpi, _after(self.matrix, back))

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The box of the page as it came, in pixels, that holds a box of this image."""
        a, b, c, d, e, f = self.matrix
        corners = [(a * x + b * y + c, d * x + e * y + f) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


def upright(image: Image.Image, dpi: int) -> Upright:
    """The page straight, its lines level, and the right way up where it has enough text to tell."""
    page = _at_usual_size(in_grey(image), dpi)
    points = _ink(page.image)
    if len(points[0]) < _FEWEST_POINTS:
        return page
    across, slope = _coarse(points)
    along, other = _coarse(_on_its_side(points))
    if along > across:
        page, points, slope = page.turned(90), _on_its_side(points), other
    page = page.straightened(_fine(points, slope))
    return page.turned(180) if _is_upside_down(page.image) else page


def _is_upside_down(image: Image.Image) -> bool:
    """Whether more ink hangs below the lines' bodies than rises above: letters rise, and so do their marks."""
    small = image.reduce(2)
    rows = _dark(small, 16).sum(axis=1).astype(np.float32)
    rows = np.convolve(rows, [0.25, 0.5, 0.25], "same")
    inked = rows > max(2.0, 0.04 * float(np.percentile(rows, 97)))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0])))).reshape(-1, 2)
    above = below = 0.0
    for start, end in edges.tolist():
        if _LINE[0] <= end - start <= _LINE[1]:
            line = rows[start:end]
            body = np.flatnonzero(line > 0.5 * line.max())
            above, below = above + float(line[: body[0]].sum()), below + float(line[body[-1] + 1 :].sum())
    return above + below > _ENOUGH and below > _HANGS * above


def _at_usual_size(image: Image.Image, dpi: int) -> Upright:
    if _LOWEST <= dpi <= _HIGHEST:
        return Upright(image, dpi)
    scale = DPI / dpi
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    method = Image.Resampling.LANCZOS if scale > 1 else Image.Resampling.BOX
    matrix = (image.width / size[0], 0, 0, 0, image.height / size[1], 0)
    return Upright(image.resize(size, method), DPI, matrix)


def _rotation(image: Image.Image, degrees: float, size: tuple[int, int] | None = None) -> Matrix:
    """What takes the pixels of an image rotated about its middle, on a sheet of `size`, to those of the image."""
    width, height = size or image.size
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y, own_x, own_y = width / 2, height / 2, image.width / 2, image.height / 2
    return cos, -sin, own_x - cos * x + sin * y, sin, cos, own_y - sin * x - cos * y


def _sheared(image: Image.Image, degrees: float) -> Image.Image:
    """The image rotated by so little that whole columns, then whole rows may be moved by whole pixels: much cheaper."""
    slope, paper = math.tan(math.radians(degrees)), _paper(image)
    straight = _shifted(np.asarray(image), slope, paper)
    return Image.fromarray(np.ascontiguousarray(_shifted(straight.T, -slope, paper).T))


def _shifted(grey: NDArray[np.uint8], slope: float, paper: int) -> NDArray[np.uint8]:
    """The columns moved up or down, ever more away from the middle."""
    out = np.full_like(grey, paper)
    height, width = grey.shape
    shifts = np.round((np.arange(width) - width / 2) * -slope).astype(int)
    edges = [0, *(np.flatnonzero(np.diff(shifts)) + 1).tolist(), width]
    for start, end in pairwise(edges):
        by = int(shifts[start])
        out[max(0, by) : height + min(0, by), start:end] = grey[max(0, -by) : height - max(0, by), start:end]
    return out


def _paper(image: Image.Image) -> int:
    """The grey that most of the page has."""
    histogram = image.histogram()
    return max(range(len(histogram)), key=histogram.__getitem__)


def _ink(image: Image.Image) -> Points:
    """Where the page is darker than its surroundings, in pixels of a reduced page; not what runs along its edges."""
    dark = _dark(image.reduce(_SMALL), 12)
    margin = max(2, min(dark.shape) // 50)
    dark[:margin], dark[-margin:], dark[:, :margin], dark[:, -margin:] = False, False, False, False
    ys, xs = np.nonzero(dark)
    return xs.astype(np.float32), ys.astype(np.float32)


def _dark(image: Image.Image, radius: int) -> NDArray[np.bool_]:
    """Where an image is darker than what lies around."""
    around = image.filter(ImageFilter.BoxBlur(radius))
    return np.asarray(np.asarray(image, np.int16) < np.asarray(around, np.int16) - _DARKER)


def _on_its_side(points: Points) -> Points:
    """The points of the page turned clockwise by 90 degrees."""
    return -points[1], points[0]


def _coarse(points: Points) -> tuple[float, float]:
    """How sharply ink falls into lines at the best slope, and that slope, to half a degree."""
    few = _thinned(points, _FEW_POINTS)
    return max((_sharpness(few, slope), float(slope)) for slope in np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5))


def _fine(points: Points, slope: float) -> float:
    """The slope to a twentieth of a degree."""
    many = _thinned(points, _MANY_POINTS)
    for step in (0.25, 0.1, 0.05):
        slope = max((slope + way * step for way in (-2, -1, 0, 1, 2)), key=lambda s: _sharpness(many, s))
    return slope


def _thinned(points: Points, most: int) -> Points:
    step = max(1, len(points[0]) // most)
    return points[0][::step], points[1][::step]


def _sharpness(points: Points, slope: float) -> float:
    """The relative variance of ink over rows, were the page rotated; rulings count as little as a line of text."""
    xs, ys = points
    angle = math.radians(slope)
    rows = (ys * math.cos(angle) - xs * math.sin(angle)).astype(np.int32)
    counts = np.bincount(rows - rows.min()).astype(np.float32)
    clipped = np.minimum(counts, 4 * counts[counts > 0].mean())
    return float(clipped.var() / clipped.mean() ** 2)


def _after(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `then`, and `first` to what it gives."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * j, a * h + b * k, a * i + b * m + c, d * g + e * j, d * h + e * k, d * i + e * m + f)
