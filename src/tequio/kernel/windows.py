"""A window of time: half-open, aware of its zone, asked with an instant (never with the clock)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class WindowState(models.TextChoices):
    """Where an instant stands with respect to a window."""

    UPCOMING = "upcoming", "Por abrir"
    OPEN = "open", "Abierta"
    CLOSED = "closed", "Cerrada"


@dataclass(frozen=True)
class Window:
    """From opens_at, included, to closes_at, excluded; without closes_at it never closes."""

    opens_at: datetime
    closes_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse naive instants and a window that closes before it opens."""
        if self.opens_at.tzinfo is None or (self.closes_at and self.closes_at.tzinfo is None):
            raise ValueError("a window needs instants with their time zone")
        if self.closes_at and self.closes_at <= self.opens_at:
            raise ValueError("a window closes after it opens")

    def state_at(self, instant: datetime) -> WindowState:
        """Return whether the window is upcoming, open or closed at an instant."""
        if instant < self.opens_at:
            return WindowState.UPCOMING
        if self.closes_at is None or instant < self.closes_at:
            return WindowState.OPEN
        return WindowState.CLOSED

    def contains(self, instant: datetime) -> bool:
        """Return whether the window is open at an instant."""
        return self.state_at(instant) is WindowState.OPEN

    def next_change(self, instant: datetime) -> datetime | None:
        """Return the first later instant at which the state is another, or None if it changes no more."""
        edges = (self.opens_at, self.closes_at)
        return next((edge for edge in edges if edge and edge > instant), None)
