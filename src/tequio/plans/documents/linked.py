"""The plan as JSON-LD with schema.org's words, for whoever reads data and not pages.

The plan is a `CreativeWork`; each commitment is a `PlanAction` in its `hasPart`, with its `agent`, `startTime`,
`endTime` and `result`; each activity is a `PlanAction` too, in the commitment's `potentialAction`. A date is there
only where the document fixes a day, month or year, and is no more exact than that (`2031-04-10`, `2031-04`, `2031`).
What the document leaves out is left out here, and the `comment`s say so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tequio.kernel.models import DatePrecision
from tequio.kernel.placeholders import Stated, reading

if TYPE_CHECKING:
    from typing import Unpack

    from tequio.plans.documents.outline import Finds, Imprint
    from tequio.plans.queries import Dossier
    from tequio.plans.queries.dossier import ActivityPart, CommitmentPart, Contact, Institution, Moment

PLACES = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
"""How many characters of an ISO date each precision warrants."""


def jsonld(dossier: Dossier, findings: Finds, **imprint: Unpack[Imprint]) -> bytes:
    """Return the plan as JSON-LD in UTF-8; its identifiers are the edition's address with a fragment."""
    address = imprint["address"]
    plan = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": f"{address}#plan",
        "url": address,
        "identifier": [
            dossier.code,
            {"@type": "PropertyValue", "propertyID": "SHA-256", "value": imprint["sha256"]},
        ],
        "name": dossier.title,
        "alternativeHeadline": dossier.subtitle,
        "inLanguage": "es-MX",
        "version": str(imprint["edition_number"]),
        "datePublished": imprint["published_on"].isoformat(),
        "publisher": organization(dossier.guarantor),
        "spatialCoverage": {"@type": "AdministrativeArea", "name": dossier.jurisdiction_name},
        "temporalCoverage": span(date(dossier.term.starts), date(dossier.term.ends)),
        "hasPart": [commitment(part, address) for part in dossier.commitments],
        "comment": [{"@type": "Comment", "text": f"{found.place}: {found.problem}"} for found in findings],
    }
    return (json.dumps(stated(plan), ensure_ascii=False, indent=2) + "\n").encode()


def commitment(part: CommitmentPart, address: str) -> dict[str, Any]:
    """Return a commitment as an action that its institution plans."""
    return {
        "@type": "PlanAction",
        "@id": f"{address}#{part.code}",
        "identifier": part.code,
        "name": part.title,
        "description": words(part.promise),
        "agent": organization(part.responsible),
        "startTime": date(part.period.starts),
        "endTime": date(part.period.ends),
        "result": thing(words(part.expected_results)),
        "potentialAction": [activity(each, address) for each in part.all_activities],
    }


def activity(part: ActivityPart, address: str) -> dict[str, Any]:
    """Return an activity as an action, with who answers for it and how it is verified."""
    return {
        "@type": "PlanAction",
        "@id": f"{address}#{part.code}",
        "identifier": part.code,
        "name": words(part.title),
        "description": words(part.description),
        "agent": [person(contact) for contact in part.responsibles],
        "startTime": date(part.period.starts),
        "endTime": date(part.period.ends),
        "result": thing(words(part.verification)),
    }


def person(contact: Contact) -> dict[str, Any]:
    """Return who answers for an activity, by name and post; the documents carry how to reach them."""
    return {
        "@type": "Person",
        "name": words(contact.name),
        "jobTitle": words(contact.post),
        "worksFor": organization(contact.institution),
    }


def organization(institution: Institution | None) -> dict[str, Any] | None:
    """Return an institution."""
    if institution is None:
        return None
    return {"@type": "GovernmentOrganization", "name": institution.name, "alternateName": institution.acronym}


def thing(name: str) -> dict[str, str] | None:
    """Return what is to result, if anything is said of it."""
    return {"@type": "Thing", "name": name} if name else None


def words(text: str) -> str:
    """Return what a text states, or nothing."""
    read = reading(text)
    return read.text if isinstance(read, Stated) else ""


def date(edge: Moment) -> str:
    """Return an ISO 8601 date as exact as the document's words, or nothing."""
    return edge.on.isoformat()[: PLACES.get(edge.precision, 0)] if edge.on else ""


def span(start: str, end: str) -> str:
    """Return an ISO 8601 interval, open where an end is not known, or nothing."""
    return f"{start or '..'}/{end or '..'}" if start or end else ""


def stated(value: Any) -> Any:
    """Return a value without what is empty, at any depth; a typed thing with nothing else to say is empty."""
    if isinstance(value, list):
        return [kept for item in value if (kept := stated(item))]
    if not isinstance(value, dict):
        return value
    kept = {key: inner for key, each in value.items() if (inner := stated(each))}
    return {} if kept.keys() == {"@type"} else kept
