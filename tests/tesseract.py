"""Tests of scans are skipped where tesseract is missing."""

import pytest

from extract.read.ocr import engine as engines
from extract.read.ocr.engine import OcrUnavailable


def has_tesseract() -> bool:
    try:
        engines.engine()
    except OcrUnavailable:
        return False
    return True


needs_tesseract = pytest.mark.skipif(
    not has_tesseract(), reason="tesseract with Vietnamese is not installed; scripts/install-system.sh ocr installs it"
)
