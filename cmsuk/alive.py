"""Asks a portal on this machine whether it is ready, by the name that it answers to.

python -m cmsuk.alive http://127.0.0.1:8000/readyz
"""

import os
import sys
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

SECONDS = 4


def ask(url: str, host: str) -> int:
    """The status of the answer. Raises OSError where there is none, or one of 400 and above."""
    with urlopen(Request(url, headers={"Host": host}), timeout=SECONDS) as answer:  # noqa: S310
        return int(answer.status)


if __name__ == "__main__":
    try:
        ask(sys.argv[1], urlsplit(os.environ["SITE_URL"]).netloc)
    except OSError as error:
        raise SystemExit(f"Not ready: {error}") from error
