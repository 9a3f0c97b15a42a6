"""The system's programs that some inputs need -> findings, each with the command that installs what is missing."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from extract.errors import KehoachError
from publish.doctor.finding import Finding, failed, ok, warning

Which = Callable[[str], str | None]

_INSTALL = {
    "apt-get": "sudo apt-get install --no-install-recommends",
    "dnf": "sudo dnf install",
    "pacman": "sudo pacman -S",
    "brew": "brew install",
}
_OCR = {
    "apt-get": "tesseract-ocr tesseract-ocr-vie",
    "dnf": "tesseract tesseract-langpack-vie",
    "pacman": "tesseract tesseract-data-vie",
    "brew": "tesseract tesseract-lang",
}
_OFFICE = {
    "apt-get": "libreoffice-writer",
    "dnf": "libreoffice-writer",
    "pacman": "libreoffice-fresh",
    "brew": "--cask libreoffice",
}
_BROWSER = {"apt-get": "chromium", "dnf": "chromium", "pacman": "chromium", "brew": "--cask chromium"}
_FONTS = {
    "apt-get": "fontconfig fonts-noto-core",
    "dnf": "fontconfig google-noto-sans-fonts",
    "pacman": "fontconfig noto-fonts",
    "brew": "--cask font-noto-sans",
}
_SECONDS = 20


def check_ocr(start: Callable[[], object], which: Which = shutil.which) -> Finding:
    """Whether scans can be read: `start` loads tesseract with its Vietnamese as the extractor does."""
    try:
        start()
    except (KehoachError, RuntimeError, OSError) as error:  # RuntimeError: the language's file is damaged
        remedy = install_command(_OCR, which)
        why = "" if isinstance(error, KehoachError) else f" ({type(error).__name__})"
        return failed("ocr", f"Không đọc được bản quét, ảnh: thiếu tesseract với tiếng Việt{why}", remedy)
    return ok("ocr", "Đọc được bản quét, ảnh: có tesseract với tiếng Việt")


def check_office(which: Which = shutil.which) -> Finding:
    """Whether .doc, .odt and .rtf can be read."""
    program = which("soffice") or which("libreoffice")
    if program is None:
        return failed("office", "Không đọc được .doc, .rtf: thiếu LibreOffice", install_command(_OFFICE, which))
    if not _has_writer(Path(program).resolve().parent):
        return failed(
            "office", "Không đọc được .doc, .rtf: LibreOffice không có Writer", install_command(_OFFICE, which)
        )
    return ok("office", f"Đọc được .doc, .rtf: có LibreOffice ({program})")


def _has_writer(folder: Path) -> bool:
    """Whether Writer lies in the folder of LibreOffice's programs; it does where that is laid out in another way."""
    return not (folder / "soffice.bin").exists() or any(folder.glob("swriter*")) or any(folder.glob("libswlo*"))


def check_browser(which: Which = shutil.which) -> Finding:
    """Whether the tests of the site's pages can run; nothing else needs a browser."""
    program = which("chromium") or which("chromium-browser")
    if program is None:
        remedy = install_command(_BROWSER, which)
        return warning("browser", "Không có Chromium; chỉ cần khi chạy bộ kiểm thử (make test)", remedy)
    return ok("browser", f"Có Chromium, dùng khi chạy bộ kiểm thử ({program})")


def check_fonts(which: Which = shutil.which) -> Finding:
    """Whether a font has the letters of Vietnamese, for what LibreOffice and the browser draw."""
    program = which("fc-list")
    found = ""
    if program is not None:
        asked = [program, ":lang=vi", "family"]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
        found = done.stdout.strip()
    if not found:
        remedy = install_command(_FONTS, which)
        return warning("fonts", "Không thấy phông chữ nào có đủ chữ tiếng Việt; hình vẽ có thể mất dấu", remedy)
    return ok("fonts", f"Có {len(found.splitlines())} phông chữ với chữ tiếng Việt")


def install_command(packages: Mapping[str, str], which: Which) -> str:
    """The command for this system's package manager; that of Debian where there is none that we know.

    >>> install_command({"apt-get": "a", "dnf": "b"}, {"dnf": "/usr/bin/dnf"}.get)
    'sudo dnf install b'
    """
    manager = next((name for name in packages if which(name)), "apt-get")
    return f"{_INSTALL[manager]} {packages[manager]}"
