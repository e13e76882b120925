"""Seats keep when they were accepted: those held as they were answered, those left by the log."""

from django.db import migrations, models
from django.db.models import F


def fill(apps, schema_editor):
    seats = apps.get_model("selection", "PanelSeat").objects
    entries = apps.get_model("juries", "AuditEntry").objects.filter(verb="seat.confirmed")
    seats.filter(state="confirmed").update(accepted_at=F("answered_at"))
    for seat in seats.filter(state="left", kind="drawn"):
        accepted = entries.filter(jury=seat.jury_id, facts__seat=seat.pk).order_by("pk").last()
        if accepted:
            seat.accepted_at = accepted.at
            seat.save(update_fields=["accepted_at"])


class Migration(migrations.Migration):

    dependencies = [
        ("selection", "0009_pasted_beacon"),
    ]

    operations = [
        migrations.AddField(
            model_name="panelseat",
            name="accepted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
