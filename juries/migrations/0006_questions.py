from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('juries', '0005_samples'),
    ]

    operations = [
        migrations.AddField(
            model_name='jury',
            name='form_stamp',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='question',
            name='stops_for',
            field=models.JSONField(default=list),
        ),
    ]
