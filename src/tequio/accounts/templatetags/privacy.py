"""The privacy notice that a form shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from tequio.accounts.models import PrivacyNotice

if TYPE_CHECKING:
    from django.forms import Form

register = template.Library()


@register.simple_tag
def notice_in_force(key: str) -> PrivacyNotice | None:
    """Return the version in force of a notice, or nothing if none was published."""
    return PrivacyNotice.objects.current(key) if key else None


@register.filter
def notice_key(form: Form) -> str:
    """Return the key of the notice that a form shows; empty for one that collects nothing about people."""
    return str(getattr(form, "notice", ""))
