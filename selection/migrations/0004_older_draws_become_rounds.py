"""Draws held before there were records become draws without events: each a round, as it was."""

import secrets

from django.db import migrations

NEVER_CHECKED = "The number of this draw was never checked."


def convert(apps, schema_editor):
    older = apps.get_model("selection", "OlderDraw").objects.order_by("jury", "number")
    Draw, Round = apps.get_model("selection", "Draw"), apps.get_model("selection", "Round")
    standing = {}
    for row in older.select_related("jury", "lottery"):
        aside = row.set_aside_at is not None or row.confirmed_at is None
        draw = None if aside else standing.get(row.jury_id)
        if draw is None:
            draw = Draw.objects.create(
                jury=row.jury,
                number=row.number,
                state="aborted" if aside else "closed",
                secret=secrets.token_bytes(32),
                panel_size=row.lottery.panel_size,
                frozen_by=row.entered_by,
                frozen_at=row.entered_at,
                objections_until=row.entered_at,
                abort_code="other" if aside else "",
                abort_reason=(row.set_aside_reason or NEVER_CHECKED)[:500] if aside else "",
                ended_by=row.set_aside_by or row.confirmed_by,
                ended_at=row.set_aside_at or row.confirmed_at,
            )
        if not aside:
            standing[row.jury_id] = draw
        round_ = Round.objects.create(
            draw=draw,
            number=draw.rounds.count(),
            state="aborted" if aside else "drawn",
            lottery=row.lottery,
            committed_by=row.entered_by,
            committed_at=row.entered_at,
            sources="balls",
            balls_deadline=row.entered_at,
            mode="balls",
            ticket=row.ticket,
            drawn_at=row.confirmed_at or row.set_aside_at or row.entered_at,
        )
        row.older_seats.update(round=round_)


class Migration(migrations.Migration):

    dependencies = [
        ("selection", "0003_public_draws"),
    ]

    operations = [
        migrations.RunPython(convert, migrations.RunPython.noop),
    ]
