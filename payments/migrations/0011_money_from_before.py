from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0019_members_from_before'),
        ('payments', '0010_long_statements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='entry',
            name='entries_have_the_sign_of_their_kind',
        ),
        migrations.RemoveConstraint(
            model_name='invoice',
            name='invoice_numbers_have_their_form',
        ),
        migrations.AlterField(
            model_name='entry',
            name='method',
            field=models.CharField(blank=True, choices=[('paypal', 'PayPal'), ('bank', 'Bank transfer'), ('before', 'Before the portal'), ('', 'No money moved')], max_length=10),
        ),
        migrations.AlterField(
            model_name='invoice',
            name='kind',
            field=models.CharField(choices=[('joining', 'Joining'), ('renewal', 'Renewal'), ('upgrade', 'Change of type'), ('before', 'Paid before the portal'), ('event', 'Event'), ('other', 'Other')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice__isnull', False), ('kind', 'charge'), ('method', ''), ('pence__lt', 0)), models.Q(('kind', 'payment'), ('method__in', ('paypal', 'bank', 'before')), ('pence__gt', 0)), models.Q(('invoice__isnull', False), ('kind', 'credit_note'), ('method', ''), ('pence__gt', 0)), models.Q(('kind', 'refund'), ('method__in', ('paypal', 'bank')), ('pence__lt', 0)), models.Q(('kind', 'reversal'), models.Q(('pence', 0), _negated=True)), models.Q(('kind', 'transfer'), ('method', ''), models.Q(('pence', 0), _negated=True)), models.Q(('invoice__isnull', False), ('kind', 'write_off'), ('method', ''), ('pence__gt', 0)), _connector='OR'), name='entries_have_the_sign_of_their_kind'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'payment'), ('method', 'before'), _negated=True), models.Q(('invoice__isnull', False), ('posted_by__isnull', False), models.Q(('note', ''), _negated=True)), _connector='OR'), name='money_from_before_has_a_name_and_a_source'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^CMSB?-[0-9]{4}-[0-9]{4,}$')), name='invoice_numbers_have_their_form'),
        ),
    ]
