"""Checks everything that must always hold."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tequio.kernel.invariants import registered


class Command(BaseCommand):
    """Prints each invariant with its result; exits with 1 if one fails."""

    help = "Check the invariants of the record, the editions and every room"

    def handle(self, **_options: Any) -> None:
        """Check all of them, and name every fault."""
        total = 0
        for invariant in registered:
            faults = list(invariant.check())
            total += len(faults)
            self.stdout.write(f"{'✗' if faults else '✓'} {invariant.sentence}")
            for fault in faults:
                self.stdout.write(f"    {fault}")
        if total:
            raise CommandError(f"Fallas: {total}.")
