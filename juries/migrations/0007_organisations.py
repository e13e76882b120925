import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('juries', '0006_questions'),
    ]

    operations = [
        migrations.AddField(
            model_name='jury',
            name='submission',
            field=models.UUIDField(blank=True, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='languages',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='jury',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='audit_entries', to='juries.jury'),
        ),
    ]
