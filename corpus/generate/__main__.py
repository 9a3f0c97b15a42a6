"""`python -m corpus.generate --count N --out DIR [--format text|docx|pdf] [--first SEED]`: plans and gold in DIR."""

import argparse
from pathlib import Path

from corpus.generate.files import FORMATS, write_plans


def main() -> None:
    """Write the plans to DIR/plans and their gold to DIR/gold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    wanted = parser.parse_args()
    seeds = range(wanted.first, wanted.first + wanted.count)
    write_plans(seeds, wanted.out / "plans", wanted.out / "gold", wanted.format)


if __name__ == "__main__":
    main()
