from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from juries import demo


class Command(BaseCommand):
    help = "Prints who can sign in to the demo, and with what."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Staff sign in with the password {demo.PASSWORD}:")
        for account in demo.ACCOUNTS:
            self.stdout.write(f"  {account.role.value:<15} {account.email}")
        self.stdout.write("Everybody else has a code:")
        with override("fi"):
            for holder in demo.code_holders():
                self.stdout.write(f"  {holder.part.value:<15} {holder.code}   {holder.url}")
