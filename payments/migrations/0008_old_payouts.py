"""Lines that were left alone as PayPal's pay-outs become such; the hourly sweep books them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The words with which the matching used to tell them from other transfers.
TOLD_BY = "PayPal's pay-out"


def name_payouts(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    lines = apps.get_model("payments", "BankLine").objects.filter(state="transfer")
    lines.filter(reason__startswith=TOLD_BY).update(state="payout")


def name_transfers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("payments", "BankLine").objects.filter(state="payout").update(state="transfer")


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_paypal_account")]

    operations = [migrations.RunPython(name_payouts, name_transfers)]
