from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benefits", "0002_topics")]
    operations = [
        migrations.AlterField(
            model_name="recipient",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unsubscribed", "Took the consent back"),
                    ("no_member", "No active member any more"),
                    ("not_written", "The letter could not be written"),
                ],
                max_length=12,
            ),
        ),
    ]
