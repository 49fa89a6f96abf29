"""Rules about names: institutions and goals called otherwise than officially, mails of another institution."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tequio.plans.consistency.engine import Found, missing, of, rule, same_words
from tequio.plans.consistency.structure import GOALS
from tequio.plans.enums import FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.plans.queries.dossier import CommitmentPart, Contact, Dossier, Institution


def official(text: str, institution: Institution) -> bool:
    """Say whether a text is an institution's official name; its acronym in parentheses and the final dot are fine."""
    plain = re.sub(r"\([^)]*\)", " ", text)
    return same_words(plain) == same_words(institution.name)


@rule("nombre-no-oficial", "Instituciones con un nombre distinto del oficial")
def institutions(dossier: Dossier) -> Iterator[Found]:
    """Find institutions called by another name than their official one."""
    for commitment in dossier.commitments:
        places = {
            "institución responsable": commitment.responsible_text,
            "información de contacto": commitment.contact_institution_text,
        }
        for where, text in places.items():
            if text and not missing(text) and not official(text, commitment.responsible):
                yield unofficial(of(commitment, where), text, commitment.responsible, commitment.number)
    for member in dossier.members:
        if member.institution and member.name and not official(member.name, member.institution):
            yield unofficial("Miembros inscritos", member.name, member.institution)


def unofficial(place: str, text: str, institution: Institution, commitment: int | None = None) -> Found:
    """Return that a name is not the official one."""
    return Found(
        FindingKind.UNOFFICIAL,
        place,
        "El nombre no es el oficial de la institución.",
        says=text,
        against=institution.name,
        commitment=commitment,
    )


@rule("ods-con-otro-nombre", "Objetivos de Desarrollo Sostenible citados con otro nombre que el de la lista oficial")
def goals(dossier: Dossier) -> Iterator[Found]:
    """Find cited goals whose name is not the one of the official list."""
    cited = [(None, a) for a in dossier.alignments] + [(c, a) for c in dossier.commitments for a in c.alignments]
    for commitment, alignment in cited:
        if (
            alignment.scheme == GOALS
            and alignment.quoted_name
            and same_words(alignment.quoted_name) != same_words(alignment.name)
        ):
            place = of(commitment, alignment.place) if commitment else alignment.place
            yield Found(
                FindingKind.UNOFFICIAL,
                place,
                f"Nombra de otro modo el objetivo {alignment.code}.",
                says=alignment.quoted_name,
                against=alignment.name,
                commitment=commitment.number if commitment else None,
            )


@rule("correo-de-otra-institucion", "Correos cuyo dominio no es el de la institución responsable")
def mails(dossier: Dossier) -> Iterator[Found]:
    """Find mails whose domain belongs to another institution than the contact's."""
    for commitment in dossier.commitments:
        for where, contact in contacts(commitment):
            owner = contact.institution or commitment.responsible
            domain = contact.mail.rpartition("@")[2].replace(" ", "").lower()
            if owner.mail_domain and domain and domain != owner.mail_domain.lower():
                yield Found(
                    FindingKind.CONTRADICTORY,
                    of(commitment, where),
                    f"El correo es de «{domain}» y el de la institución termina en «{owner.mail_domain}».",
                    says=contact.mail,
                    commitment=commitment.number,
                )


def contacts(commitment: CommitmentPart) -> Iterator[tuple[str, Contact]]:
    """Yield who is named in a form, with the words for the place."""
    for order, activity in enumerate(commitment.activities, 1):
        for contact in activity.responsibles:
            yield f"actividad {activity.label.rstrip('.)') or order}, personas responsables", contact
    for contact in commitment.contacts:
        yield "información de contacto", contact
