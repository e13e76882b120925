"""The lines of the log become chains in which every line stands as it was written.

The lines there are get their places in the order in which they were written, one chain for each
jury and one for the house. Then the database is told to refuse every change but one: that a line
loses its jury when the jury is erased.
"""

import hashlib
import json
from datetime import UTC
from decimal import Decimal

from django.db import migrations, models

NOTHING_BEFORE = "0" * 64
BATCH = 500

POSTGRES_GUARD = [
    """
    CREATE FUNCTION juries_audit_line_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF to_jsonb(NEW) - 'jury_id' = to_jsonb(OLD) - 'jury_id'
                AND (NEW.jury_id IS NULL OR NEW.jury_id = OLD.jury_id)
            THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'a line of the audit log stands as it was written'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER juries_audit_line_stands BEFORE UPDATE OR DELETE ON juries_auditentry
    FOR EACH ROW EXECUTE FUNCTION juries_audit_line_stands()
    """,
    """
    CREATE TRIGGER juries_audit_log_stands BEFORE TRUNCATE ON juries_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION juries_audit_line_stands()
    """,
]

POSTGRES_UNGUARD = [
    "DROP TRIGGER juries_audit_log_stands ON juries_auditentry",
    "DROP TRIGGER juries_audit_line_stands ON juries_auditentry",
    "DROP FUNCTION juries_audit_line_stands()",
]

SQLITE_REFUSAL = "BEGIN SELECT RAISE(ABORT, 'a line of the audit log stands as it was written'); END"

SQLITE_GUARD = [
    f"""
    CREATE TRIGGER juries_audit_line_stands BEFORE UPDATE OF
        id, chain, seq, at, by_id, actor, verb, facts, previous, digest ON juries_auditentry
    {SQLITE_REFUSAL}
    """,
    f"""
    CREATE TRIGGER juries_audit_line_keeps_its_jury BEFORE UPDATE OF jury_id ON juries_auditentry
    WHEN NEW.jury_id IS NOT NULL AND NEW.jury_id IS NOT OLD.jury_id
    {SQLITE_REFUSAL}
    """,
    f"""
    CREATE TRIGGER juries_audit_line_stays BEFORE DELETE ON juries_auditentry
    {SQLITE_REFUSAL}
    """,
    # INSERT OR REPLACE deletes what is in its way, and then no trigger on DELETE runs.
    f"""
    CREATE TRIGGER juries_audit_line_is_not_replaced BEFORE INSERT ON juries_auditentry
    WHEN EXISTS (
        SELECT 1 FROM juries_auditentry
        WHERE id = NEW.id OR (chain = NEW.chain AND seq = NEW.seq)
    )
    {SQLITE_REFUSAL}
    """,
]

SQLITE_UNGUARD = [
    "DROP TRIGGER juries_audit_line_is_not_replaced",
    "DROP TRIGGER juries_audit_line_stays",
    "DROP TRIGGER juries_audit_line_keeps_its_jury",
    "DROP TRIGGER juries_audit_line_stands",
]

GUARDS = {
    "postgresql": (POSTGRES_GUARD, POSTGRES_UNGUARD),
    "sqlite": (SQLITE_GUARD, SQLITE_UNGUARD),
}


def guard(apps, schema_editor):
    for statement in GUARDS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in GUARDS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement)


def lines_get_their_places(apps, schema_editor):
    AuditEntry = apps.get_model("juries", "AuditEntry")
    AuditHead = apps.get_model("juries", "AuditHead")
    heads = {}
    last = 0
    while batch := list(AuditEntry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        for entry in batch:
            entry.chain = str(entry.jury_id or "house")
            head = heads.setdefault(entry.chain, AuditHead(chain=entry.chain))
            entry.seq, entry.previous = head.seq + 1, head.digest
            head.seq, head.digest = entry.seq, digest_of(entry)
            entry.digest = head.digest
        AuditEntry.objects.bulk_update(batch, ["chain", "seq", "previous", "digest"])
    AuditHead.objects.bulk_create(heads.values())


def digest_of(entry):
    """The first form of digests, as it was when this was written."""
    line = {
        "chain": entry.chain,
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by_id,
        "actor": entry.actor,
        "verb": entry.verb,
        "facts": json.loads(json.dumps(entry.facts), parse_float=settled),
        "previous": entry.previous,
    }
    text = json.dumps(line, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"raatihuone/audit/1\x00" + text.encode("ascii")).hexdigest()


def settled(number):
    whole = int(Decimal(number))
    return whole if whole == Decimal(number) else float(number)


class Migration(migrations.Migration):
    dependencies = [("juries", "0005_draw_and_exclusions")]

    operations = [
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('chain', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('seq', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(default=NOTHING_BEFORE, max_length=64)),
            ],
            options={
                'ordering': ('chain',),
            },
        ),
        migrations.AddField(
            model_name='auditentry',
            name='chain',
            field=models.CharField(default='', max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditentry',
            name='seq',
            field=models.PositiveBigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditentry',
            name='previous',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditentry',
            name='digest',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='at',
            field=models.DateTimeField(),
        ),
        migrations.RunPython(lines_get_their_places, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.UniqueConstraint(fields=('chain', 'seq'), name='one_line_in_each_place_of_a_chain'),
        ),
        migrations.RunPython(guard, unguard),
    ]
