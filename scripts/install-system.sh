#!/usr/bin/env bash
# Installs the system programs that some inputs need, by feature; what it cannot install it names, and never fails for it.
#
#   install-system.sh [--check] [FEATURE ...]
#
#   ocr      tesseract with Vietnamese, to read scans
#   office   LibreOffice Writer, to read .doc
#   browser  Chromium and fonts with Vietnamese letters, to test the site and to take the pictures of docs/screenshots
#
# --check only says what is missing. Without features: ocr and office, what reading plans needs.
set -uo pipefail

has() { command -v "$1" >/dev/null 2>&1; }
has_font() { has fc-list && [ -n "$(fc-list ":family=$1" 2>/dev/null | head -n 1)" ]; }
reads_vietnamese() { has tesseract && tesseract --list-langs 2>/dev/null | grep -qx vie; }

# Each prints the packages its feature lacks, one a line.
missing_ocr() {
    has tesseract || echo tesseract-ocr
    reads_vietnamese || echo tesseract-ocr-vie
}
missing_office() { has soffice || has libreoffice || echo libreoffice-writer; }
missing_browser() {
    has chromium || has chromium-browser || echo chromium
    has_font "Noto Sans" || echo fonts-noto-core
}

tell() {
    echo "Chưa có: $*. Phần cần đến sẽ báo lỗi riêng, phần khác vẫn chạy."
    echo "Missing: $*. What needs it will say so; the rest works."
    echo "    sudo apt-get install --no-install-recommends $*"
}

install() {
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

check=no
features=()
for word in "$@"; do
    case $word in
        --check) check=yes ;;
        ocr | office | browser) features+=("$word") ;;
        *)
            echo "Không rõ / unknown: $word (ocr, office, browser)" >&2
            exit 2
            ;;
    esac
done
[ ${#features[@]} -gt 0 ] || features=(ocr office)

packages=()
for feature in "${features[@]}"; do
    mapfile -t lacking < <("missing_$feature")
    packages+=("${lacking[@]}")
done
[ ${#packages[@]} -gt 0 ] || exit 0

if [ $check = no ] && has apt-get && [ "$(id -u)" = 0 ] && install "${packages[@]}"; then
    echo "Đã cài / installed: ${packages[*]}"
else
    tell "${packages[@]}"
fi
exit 0
