"""Exit code 0 where the site answers at an address, 1 where it does not; the home page asks the database."""

import sys
from urllib.error import URLError
from urllib.request import urlopen

_SECONDS = 8


def main(address: str) -> int:
    """Ask once."""
    try:
        with urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310  (of this container, by its own configuration)
            return 0 if answer.status == 200 else 1
    except (URLError, OSError) as error:
        sys.stderr.write(f"{address}: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
