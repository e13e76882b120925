"""Codes made before there were waves: each batch becomes one, and staff entries were on paper."""

from django.db import migrations
from django.db.models import Count


def batches_become_waves(apps, schema_editor):
    Invitation = apps.get_model("juries", "Invitation")
    Wave = apps.get_model("juries", "Wave")
    AuditEntry = apps.get_model("juries", "AuditEntry")
    batches = Invitation.objects.order_by().values("jury", "batch").annotate(size=Count("pk"))
    for row in batches:
        made = AuditEntry.objects.filter(
            jury=row["jury"], verb="invitations.made", facts__batch=row["batch"]
        ).first()
        wave = Wave.objects.create(
            jury_id=row["jury"],
            number=row["batch"],
            size=row["size"],
            made_by_id=made and made.by_id,
        )
        Invitation.objects.filter(jury=row["jury"], batch=row["batch"]).update(wave=wave)


def entries_were_on_paper(apps, schema_editor):
    apps.get_model("juries", "Registrant").objects.filter(channel="desk").update(channel="paper")


class Migration(migrations.Migration):
    dependencies = [("juries", "0002_recruitment")]

    operations = [
        migrations.RunPython(batches_become_waves, migrations.RunPython.noop),
        migrations.RunPython(entries_were_on_paper, migrations.RunPython.noop),
    ]
