import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('website', '0009_calls_are_due_and_messages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(help_text='The end of its address. It stays as it is made.', unique=True, verbose_name='address')),
                ('summary', models.CharField(blank=True, help_text='One sentence on what is in it, and for whom.', max_length=300)),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower comes first.')),
                ('is_out', models.BooleanField(default=False, editable=False)),
                ('page', models.ForeignKey(help_text='The page that lists it.', limit_choices_to={'kind': 'page'}, on_delete=django.db.models.deletion.PROTECT, related_name='downloads', to='website.page')),
            ],
            options={
                'ordering': ('page', 'position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='DownloadFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=100, verbose_name='name that it came with')),
                ('kind', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'JPEG'), ('image/png', 'PNG')], max_length=20, verbose_name='media type')),
                ('bytes', models.PositiveIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('download', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='website.download')),
            ],
            options={
                'ordering': ('download', '-number'),
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='download',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('slug', ''), _negated=True)), name='download_has_title_and_address'),
        ),
        migrations.AddConstraint(
            model_name='downloadfile',
            constraint=models.UniqueConstraint(fields=('download', 'number'), name='one_version_of_a_download_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='downloadfile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['application/pdf', 'image/jpeg', 'image/png'])), name='download_shows_pages_or_a_picture'),
        ),
        migrations.AddConstraint(
            model_name='downloadfile',
            constraint=models.CheckConstraint(condition=models.Q(('bytes__gt', 0)), name='download_is_not_empty'),
        ),
    ]
