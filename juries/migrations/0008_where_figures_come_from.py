from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("juries", "0007_organisations")]

    operations = [
        migrations.AddField(
            model_name="criterion",
            name="made_for",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="criterion",
            name="statistics",
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
