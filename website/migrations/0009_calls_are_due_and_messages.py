import datetime as dt

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def due_a_day_later(apps, schema_editor):
    """Those asked for before calls had due times: a day after they were asked for."""
    asked = apps.get_model('website', 'CallbackRequest').objects
    asked.update(due_at=models.F('asked_at') + dt.timedelta(days=1))


class Migration(migrations.Migration):

    dependencies = [
        ('website', '0008_questions_in_markdown'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('topic', models.CharField(choices=[('membership', 'Joining, or my membership'), ('payment', 'A payment'), ('finding', 'Finding a case manager'), ('records', 'Keeping client records'), ('events', 'Events, committees or the magazine'), ('site', 'This site'), ('other', 'Something else')], max_length=12)),
                ('words', models.TextField(max_length=4000, verbose_name='message')),
                ('sent_once', models.CharField(editable=False, max_length=64, unique=True)),
                ('state', models.CharField(choices=[('new', 'To be answered'), ('answered', 'Answered'), ('closed', 'Closed without a letter')], default='new', max_length=12)),
                ('sent_at', models.DateTimeField()),
                ('due_on', models.DateField(verbose_name='to be answered by')),
                ('answer', models.TextField(blank=True, max_length=4000)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('due_on', 'pk'),
                'permissions': [('answer_message', 'Can answer and close messages')],
            },
        ),
        migrations.AddField(
            model_name='callbackrequest',
            name='due_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='to be called by'),
            preserve_default=False,
        ),
        migrations.RunPython(due_a_day_later, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='callbackrequest',
            name='best_time',
            field=models.CharField(choices=[('any', 'Any time in office hours'), ('morning', 'In the morning, 9 to 12'), ('afternoon', 'In the afternoon, 12 to 5'), ('evening', 'In the early evening, 5 to 7')], default='any', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='callbackrequest',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('asked_at'))), name='a_call_is_due_after_it_is_asked_for'),
        ),
        migrations.AddField(
            model_name='message',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('state', 'new')), models.Q(models.Q(('state', 'new'), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='a_message_is_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), models.Q(('answer', ''), _negated=True)), models.Q(models.Q(('state', 'answered'), _negated=True), ('answer', '')), _connector='OR'), name='an_answered_message_has_its_answer'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('email', ''), _negated=True), models.Q(('words', ''), _negated=True)), name='a_message_says_who_and_what'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('sent_at__date'))), name='a_message_is_due_later'),
        ),
    ]
