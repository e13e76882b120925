from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('juries', '0004_waves'),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeMiss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=64)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(models.F('about'), models.F('at'), name='misses_of_the_last_hour')],
            },
        ),
        migrations.AddField(
            model_name='invitation',
            name='quiet',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='addresssample',
            constraint=models.UniqueConstraint(models.F('jury'), models.F('file_digest'), condition=Q(erased_at=None), name='a_file_of_addresses_once_in_a_jury'),
        ),
    ]
