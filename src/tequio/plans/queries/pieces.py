"""Small conversions from rows to the parts of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.kernel.models import DatePrecision, StatedPeriod
from tequio.plans.queries import dossier as d

if TYPE_CHECKING:
    from tequio.accounts.models import Organization
    from tequio.plans.models import Alignment, Responsible


def period(row: StatedPeriod) -> d.Period:
    """Return a row's stated period."""
    return d.Period(
        starts=d.Moment(text=row.starts_text, on=row.starts_on, precision=DatePrecision(row.starts_precision)),
        ends=d.Moment(text=row.ends_text, on=row.ends_on, precision=DatePrecision(row.ends_precision)),
    )


def institution(row: Organization) -> d.Institution:
    """Return an organization as a dossier names it."""
    return d.Institution(
        key=row.key, name=row.name, acronym=row.acronym, mail_domain=row.mail_domain, accent=row.accent
    )


def maybe_institution(row: Organization | None) -> d.Institution | None:
    """Return an organization where there is one."""
    return institution(row) if row else None


def contact(row: Responsible) -> d.Contact:
    """Return who answers for something."""
    return d.Contact(
        name=row.name,
        post=row.post,
        mail=row.mail,
        phone=row.phone,
        institution=maybe_institution(row.organization),
    )


def alignment(row: Alignment) -> d.AlignmentPart:
    """Return a cited goal, value or axis."""
    return d.AlignmentPart(
        scheme=row.concept.scheme.key,
        code=row.concept.code,
        name=row.concept.name,
        quoted_name=row.quoted_name,
        place=row.place,
    )
