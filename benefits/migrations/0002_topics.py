from django.db import migrations

AGREE = "I agree that CMSUK "
TOPICS = (
    ("News of the society", f"{AGREE}sends me news of the society by e-mail."),
    ("Events", f"{AGREE}tells me about its events by e-mail."),
    ("Magazine", f"{AGREE}tells me by e-mail when an issue of its magazine is out."),
    ("Surveys and research", f"{AGREE}asks me by e-mail to take part in surveys and research."),
)


def offer_topics(apps, schema_editor):
    apps.get_model("benefits", "Topic").objects.bulk_create(
        apps.get_model("benefits", "Topic")(name=name, wording=wording, position=position)
        for position, (name, wording) in enumerate(TOPICS, 1)
    )


class Migration(migrations.Migration):
    replaces = [("benefits", "0003_topics")]
    dependencies = [("benefits", "0001_tables")]
    operations = [migrations.RunPython(offer_topics, migrations.RunPython.noop)]
