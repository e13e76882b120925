from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("juries", "0008_where_figures_come_from")]

    operations = [
        migrations.AddField(
            model_name="duplicatedecision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("same", "the same person"),
                    ("two", "two people, two households"),
                    ("household", "two people, one household"),
                ],
                default="two",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="duplicatedecision",
            name="taken",
            field=models.JSONField(default=dict),
        ),
    ]
