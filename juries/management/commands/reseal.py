from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from juries.privacy.canary import put_canary, require_keys_of_this_data
from juries.privacy.key_ring import ring_at, write_ring
from juries.privacy.resealing import reseal


class Command(BaseCommand):
    help = "Seals everything anew with the newest key; can be stopped and run again at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--retire", action="store_true", help="then remove the older keys from the file"
        )

    def handle(self, *args, **options):
        require_keys_of_this_data()
        outcome = reseal()
        put_canary()
        self.stdout.write(f"{outcome.done} values were sealed anew.")
        while options["retire"] and reseal().done:
            pass  # somebody was still writing with an older key
        if outcome.lost:
            raise CommandError(
                f"{outcome.lost} values are opened by no key of this house; all keys were kept."
            )
        if options["retire"]:
            write_ring(settings.KEYS, ring_at(settings.KEYS).with_current_only(), replace=True)
            self.stdout.write("The older keys are no longer in the file of keys.")
