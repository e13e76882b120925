from datetime import date

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from juries.retention import run_retention


class Command(BaseCommand):
    help = "Erases what has been kept long enough; it also runs by itself every night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="as on that day"
        )
        parser.add_argument("--dry-run", action="store_true", help="count, and erase nothing")

    def handle(self, *args, **options):
        on = options["on"] or timezone.localdate()
        erasures = run_retention(on=on, dry_run=options["dry_run"])
        for one in erasures:
            self.stdout.write(f"{one.jury.slug if one.jury else '-'} {one.kind} {one.count}")
        total = sum(one.count for one in erasures)
        deed = "would be erased" if options["dry_run"] else "erased"
        self.stdout.write(f"{total} {deed}, as on {on}.")
