"""`make words`: writes docs/letters.md, docs/messages.md and docs/addresses.md anew."""

import sys

import django
from django.conf import settings

from tests.words import pages


def main() -> None:
    django.setup()
    for make in (pages.letters, pages.messages, pages.addresses):
        file = settings.BASE_DIR / "docs" / f"{make.__name__}.md"
        file.write_text(make(), encoding="utf-8")
        sys.stdout.write(f"Written: {file}\n")


if __name__ == "__main__":
    main()
