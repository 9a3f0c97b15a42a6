#!/usr/bin/env bash
# Takes the pictures of docs/screenshots from a site served for it: screenshots.sh DB [PORT]
set -euo pipefail
cd "$(dirname "$0")/.."

db=$1
port=${2:-8041}
site=http://127.0.0.1:$port
browser=$(command -v chromium || command -v chromium-browser) || { scripts/install-system.sh --check browser; exit 1; }
profile=$(mktemp -d)

.venv/bin/kehoach serve "$db" --port "$port" >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$profile"' EXIT

for _ in $(seq 50); do
    .venv/bin/python -c "import urllib.request; urllib.request.urlopen('$site/')" 2>/dev/null && break
    sleep 0.2
done

picture() { # NAME WIDTH HEIGHT PATH
    "$browser" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" \
        --window-size="$2,$3" --screenshot="docs/screenshots/$1.png" "$site$4" 2>/dev/null
    echo "docs/screenshots/$1.png"
}

picture tasks 1280 1000 '/plans/nhiem_vu_theo_quy?quy=2026-Q2'
picture search 1280 1000 '/plans/tim_kiem?tu_khoa=phong+chay'
