"""The questions that the portal starts with."""

import tomllib
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "data" / "faq.toml"


def add_questions(apps, schema_editor):
    group_model = apps.get_model("website", "FaqGroup")
    question_model = apps.get_model("website", "Question")
    with FILE.open("rb") as file:
        groups = tomllib.load(file)["group"]
    for position, group in enumerate(groups, start=1):
        made = group_model.objects.create(
            name=group["name"],
            slug=group["slug"],
            position=position,
            is_archived=group.get("archived", False),
        )
        question_model.objects.bulk_create(
            question_model(
                group=made,
                slug=question["slug"],
                question=question["question"],
                answer=question["answer"].strip(),
                link=question.get("link", ""),
                link_words=question.get("link_words", ""),
                position=number,
                owner=question.get("owner", "Office"),
                last_reviewed_on=question.get("reviewed"),
            )
            for number, question in enumerate(group["question"], start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("website", "0001_tables")]

    operations = [migrations.RunPython(add_questions, migrations.RunPython.noop)]
