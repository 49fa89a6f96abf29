"""`forget_second_step --email …`: for who lost telephone and spare codes, and shows in person who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tequio.accounts.models import User
from tequio.accounts.workflows import forget_second_step

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Turn off the second step of the account of an address."""

    help = "Quita el segundo paso de la cuenta de un correo, para quien perdió su teléfono y sus códigos."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the address."""
        parser.add_argument("--email", required=True, help="correo con el que la persona entra")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Find the account and turn it off."""
        people = list(User.objects.filter(email__iexact=options["email"].strip()))
        if len(people) != 1:
            raise CommandError("Ninguna cuenta, o más de una, usa ese correo.")
        done = forget_second_step(people[0], at=timezone.now())
        self.stdout.write("Se quitó; la persona lo sabe por correo." if done else "Esa cuenta no tiene segundo paso.")
