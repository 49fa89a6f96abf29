"""`grant_role --email … --kind …`: gives an account a role from the machine itself, as the first operator needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Jurisdiction, Organization, Post, User
from tequio.accounts.workflows import grant_from_console
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Give a role to the account of an address."""

    help = "Da un papel a la cuenta de un correo, por ejemplo a la primera persona que opera la plataforma."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the address, the kind and what the kind belongs to."""
        parser.add_argument("--email", required=True, help="correo con el que la persona entra")
        parser.add_argument("--kind", required=True, choices=RoleKind.values, help="papel")
        parser.add_argument("--organization", help="clave de la organización, si el papel la pide")
        parser.add_argument("--jurisdiction", help="clave geoestadística del municipio, si el papel lo pide")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Find whom and what the options name, and grant."""
        people = list(User.objects.filter(email__iexact=options["email"].strip()))
        if len(people) != 1:
            found = "Ninguna cuenta usa" if not people else f"{len(people)} cuentas usan"
            raise CommandError(f"{found} ese correo. La persona debe entrar una vez al sitio con él.")
        post = Post(
            RoleKind(options["kind"]),
            self.named(Organization.objects.filter(key=options["organization"]), options["organization"]),
            self.named(Jurisdiction.objects.filter(code=options["jurisdiction"]), options["jurisdiction"]),
        )
        try:
            role = grant_from_console(people[0], post, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{role}, desde el {role.starts_on:%d/%m/%Y}.")

    def named(self, found: Any, name: str | None) -> Any:
        """Return what an option names, or nothing if it was not given."""
        if name and not found:
            raise CommandError(f"No existe la clave {name}.")
        return found[0] if name else None
