from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selection', '0004_older_draws_become_rounds'),
    ]

    operations = [
        migrations.RemoveField(model_name='panelseat', name='older_draw'),
        migrations.RemoveField(model_name='panelseat', name='name_is_public'),
        migrations.DeleteModel(name='OlderDraw'),
        migrations.AddConstraint(
            model_name='panelseat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'drawn'), ('round__isnull', False)), models.Q(('kind', 'named'), models.Q(('body', ''), _negated=True)), _connector='OR'), name='a_seat_is_drawn_or_named_by_a_body'),
        ),
    ]
