from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from statements.demo.loading import load


class Command(BaseCommand):
    help = "Loads the demo of Kaarnalahti, once; loading again adds only what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE == "production":
            raise CommandError("The demo is not loaded in production.")
        load()
