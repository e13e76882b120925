"""One more organisation in this installation, and its first organiser."""

import secrets
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from juries.commission.organisations import add_organisation
from juries.errors import JuryError
from juries.models import User

PASSWORD_BYTES = 12


class Command(BaseCommand):
    help = "Adds an organisation and its first organiser, who can then add the others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name_fi", help="name of the organisation in Finnish")
        parser.add_argument("--name-sv", default="", help="the name in Swedish")
        parser.add_argument("--name-en", default="", help="the name in English")
        parser.add_argument("--slug", default="", help="short name for addresses")
        parser.add_argument("--email", required=True, help="e-mail of the first organiser")
        parser.add_argument("--organiser", required=True, help="name of the first organiser")
        parser.add_argument(
            "--ask-password",
            action="store_true",
            help="ask for the password instead of printing a random one once",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError(f"{email} is not an e-mail address.") from wrong
        known = User.objects.filter(email__iexact=email).exists()
        asked = options["ask_password"] and not known
        password = getpass("Password: ") if asked else secrets.token_urlsafe(PASSWORD_BYTES)
        try:
            organisation = add_organisation(
                names={name: options[name].strip() for name in ("name_fi", "name_sv", "name_en")},
                email=email,
                name=options["organiser"].strip(),
                password=password,
                slug=options["slug"],
            )
        except JuryError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{organisation.name_fi} stands, at /organisations/{organisation.slug}/.")
        if known:
            self.stdout.write(f"{email} has an account already and keeps its password.")
        elif not asked:
            self.stdout.write(f"{email} signs in with this password, shown only now: {password}")
