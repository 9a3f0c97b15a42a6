#!/usr/bin/env bash
# Writes constraints.txt: the exact versions that a clean environment gets within the ranges of pyproject.toml.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

"$python" -m venv "$fresh"
"$fresh/bin/python" -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench,cluster,remote]'
{
    echo "# Exact versions of everything that kehoach[dev,bench,cluster,remote] brings. Written by \`make constraints\`; not to be edited by hand."
    "$fresh/bin/python" -m pip freeze --exclude-editable
} >"$fresh/constraints.txt"
mv "$fresh/constraints.txt" constraints.txt
echo "constraints.txt: $(grep -c == constraints.txt) packages"
