"""The pages that the portal starts with."""

import tomllib
from pathlib import Path

from django.db import migrations
from django.utils import timezone

FILE = Path(__file__).resolve().parent.parent / "data" / "pages.toml"


def add_pages(apps, schema_editor):
    page_model = apps.get_model("website", "Page")
    version_model = apps.get_model("website", "PageVersion")
    now = timezone.now()
    with FILE.open("rb") as file:
        pages = tomllib.load(file)["page"]
    for position, page in enumerate(pages, start=1):
        made = page_model.objects.create(
            kind=page.get("kind", "page"),
            slug=page["slug"],
            position=position,
            owner="Office",
            first_published_at=now,
        )
        version_model.objects.create(
            page=made,
            number=1,
            title=page["title"],
            summary=page["summary"],
            text=page["text"].strip(),
            written_at=now,
            is_published=True,
            published_at=now,
        )


class Migration(migrations.Migration):
    replaces = [("website", "0007_first_pages")]
    dependencies = [("website", "0002_first_questions")]

    operations = [migrations.RunPython(add_pages, migrations.RunPython.noop)]
