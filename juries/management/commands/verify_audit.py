from pathlib import Path

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    no_translations,
)

from juries import audit_heads
from juries.audit_chain import check_all
from juries.models import AuditEntry, AuditHead


class Command(BaseCommand):
    help = "Checks that every line of the audit log is as it was written, and where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads",
            action="store_true",
            help="only print the last line of each chain and its digest, to be kept elsewhere",
        )
        parser.add_argument(
            "--against",
            type=Path,
            metavar="FILE",
            help="also compare with such a list that was kept earlier",
        )

    @no_translations
    def handle(self, *args, **options):
        if options["heads"]:
            self.stdout.write(audit_heads.written(AuditHead.objects.all()), ending="")
            return
        misfits = check_all(kept_in(options["against"]) if options["against"] else ())
        for misfit in misfits:
            self.stdout.write(f"{misfit.chain}: {misfit}")
        if misfits:
            raise CommandError("The audit log is not as it was written.")
        lines, chains = AuditEntry.objects.count(), AuditHead.objects.count()
        self.stdout.write(f"All {lines} lines in {chains} chains are as they were written.")


def kept_in(file: Path) -> list[AuditHead]:
    try:
        return audit_heads.read(file.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as trouble:
        raise CommandError(f"{file} cannot be read: {trouble}") from None
    except audit_heads.NoList as trouble:
        raise CommandError(f"{file} is no list of heads. {trouble}") from None
