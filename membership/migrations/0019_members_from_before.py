import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0018_when_people_are_known'),
    ]

    operations = [
        migrations.AlterField(
            model_name='feedue',
            name='purpose',
            field=models.CharField(choices=[('joining', 'Joining'), ('renewal', 'Renewal'), ('upgrade', 'Change of type'), ('before', 'Paid before the portal')], max_length=10),
        ),
        migrations.CreateModel(
            name='ArrivalFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('rows', models.JSONField(blank=True, default=list)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('moved_at', models.DateTimeField(blank=True, null=True)),
                ('stopped', models.CharField(blank=True, max_length=200)),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='brought in')),
                ('brought_in', models.PositiveIntegerField(default=0, verbose_name='people brought in')),
                ('left_out', models.PositiveIntegerField(default=0, verbose_name='rows left out')),
                ('letters_at', models.DateTimeField(blank=True, null=True, verbose_name='letters asked for')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('undone', models.PositiveIntegerField(default=0, verbose_name='people taken back')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file of members',
                'verbose_name_plural': 'members brought in from files',
                'ordering': ('-sent_at', '-pk'),
                'permissions': [('bring_in_members', 'Can bring members in from a file, write to them, and undo it')],
            },
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='line of the file')),
                ('came_at', models.DateTimeField()),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('fee', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='arrival', to='membership.feedue')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='arrival', to='membership.person')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arrivals', to='membership.arrivalfile')),
            ],
            options={
                'ordering': ('file', 'line'),
            },
        ),
        migrations.AddConstraint(
            model_name='arrivalfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('brought_in', 0), ('confirmed_at', None), ('done_at', None), ('left_out', 0)), models.Q(('confirmed_at__gte', models.F('sent_at')), ('confirmed_at__isnull', False)), _connector='OR'), name='people_come_by_files_that_were_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='arrivalfile',
            constraint=models.CheckConstraint(condition=models.Q(('letters_at', None), ('done_at__isnull', False), _connector='OR'), name='letters_go_once_a_file_is_done'),
        ),
        migrations.AddConstraint(
            model_name='arrivalfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone', 0), ('undone_at', None)), models.Q(('done_at__isnull', False), ('undone__lte', models.F('brought_in')), ('undone_at__isnull', False)), _connector='OR'), name='files_of_members_are_undone_after_they_are_done'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(fields=('file', 'line'), name='a_line_brings_one_person'),
        ),
    ]
