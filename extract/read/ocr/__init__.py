"""Scans -> documents: pictures of pages read by tesseract, upright and straight, with boxes and tables."""

from extract.read.ocr.engine import INSTALL, OcrUnavailable
from extract.read.ocr.page import ScannedPage, ocr_page, read_page
from extract.read.ocr.pictures import read_picture

__all__ = ["INSTALL", "OcrUnavailable", "ScannedPage", "ocr_page", "read_page", "read_picture"]
