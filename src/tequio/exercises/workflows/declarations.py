"""The joint declaration: its text in versions, its signatories, and the signing that starts the exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from tequio.exercises.enums import RUN_EXERCISE, ExerciseState
from tequio.exercises.models import DeclarationText, Exercise, JointDeclaration, Signatory
from tequio.exercises.queries import ELECTING_SECTORS
from tequio.exercises.workflows.moves import EXERCISE
from tequio.exercises.workflows.phases import start_exercise
from tequio.kernel.attachments import DOCUMENTS, attach
from tequio.kernel.clock import day_of
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.core.files.uploadedfile import UploadedFile

    from tequio.accounts.enums import Sector
    from tequio.kernel.workflow import Actor


def declaration_in_hand(exercise: Exercise, *, by: Actor) -> JointDeclaration:
    """Return the exercise's declaration, locked and unsigned, making it if there is none; refuse who may not run it."""
    exercise = Exercise.objects.select_for_update(no_key=True, of=("self",)).get(pk=exercise.pk)
    if not by.has_perm(RUN_EXERCISE, exercise):
        raise Refused("Tu cuenta no puede preparar la declaración de este ejercicio.")
    declaration, _ = JointDeclaration.objects.get_or_create(exercise=exercise)
    if declaration.signed_on or exercise.state != ExerciseState.DRAFT:
        raise Refused("La declaración ya se firmó y el ejercicio arrancó: su texto y sus firmas no se cambian.")
    return declaration


@transaction.atomic
def write_declaration(exercise: Exercise, text: str, *, by: Actor, at: datetime) -> DeclarationText:
    """Write a version of the declaration's text; the same text again is no new version."""
    declaration = declaration_in_hand(exercise, by=by)
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text:
        raise Refused("Escribe el texto de la declaración.")
    last = declaration.texts.first()
    if last is not None and last.text == text:
        return last
    number = last.number + 1 if last else 1
    return DeclarationText.objects.create(declaration=declaration, number=number, text=text, written_at=at)


@transaction.atomic
def plan_signing(exercise: Exercise, *, place: str, act_on: date, by: Actor, at: datetime) -> JointDeclaration:
    """Set where and on which day the declaration is to be signed."""
    declaration = declaration_in_hand(exercise, by=by)
    if not place.strip():
        raise Refused("Escribe el lugar de la firma.")
    declaration.place, declaration.act_on = place.strip(), act_on
    declaration.save(update_fields=["place", "act_on"])
    announce(CHANGED, subject=EXERCISE.subject(exercise), at=at.isoformat())
    return declaration


@transaction.atomic
def add_signatory(
    exercise: Exercise,
    *,
    sector: Sector,
    represents: str,
    name: str = "",
    post: str = "",
    by: Actor,
    at: datetime,
) -> Signatory:
    """Note who will sign for a sector; the same institution twice is the same signatory, with the later name."""
    declaration = declaration_in_hand(exercise, by=by)
    represents = represents.strip()
    if not represents:
        raise Refused("Escribe la institución u organización que firma.")
    if sector not in ELECTING_SECTORS:
        raise Refused("Firman las autoridades, la sociedad civil y el órgano garante. Elige uno de esos sectores.")
    last = declaration.signatories.aggregate(last=Max("order"))["last"] or 0
    told = {"name": name.strip(), "post": post.strip()}
    signatory, _ = Signatory.objects.update_or_create(
        declaration=declaration,
        sector=sector,
        represents=represents,
        defaults=told,
        create_defaults={**told, "order": last + 1},
    )
    announce(CHANGED, subject=EXERCISE.subject(exercise), at=at.isoformat())
    return signatory


@transaction.atomic
def remove_signatory(signatory: Signatory, *, by: Actor, at: datetime) -> None:
    """Take a signatory off an unsigned declaration; one that is gone already is no fault."""
    declaration = declaration_in_hand(signatory.exercise, by=by)
    Signatory.objects.filter(pk=signatory.pk, declaration=declaration).delete()
    announce(CHANGED, subject=EXERCISE.subject(signatory.exercise), at=at.isoformat())


@transaction.atomic
def attach_signed_document(
    exercise: Exercise, upload: UploadedFile[Any], *, by: Actor, at: datetime
) -> JointDeclaration:
    """Keep the signed declaration, a PDF or a photograph, in place of an earlier one."""
    declaration = declaration_in_hand(exercise, by=by)
    replaced = declaration.document
    declaration.document = attach(upload, allowed=DOCUMENTS, at=at)
    declaration.save(update_fields=["document"])
    if replaced is not None:
        replaced.delete()
        transaction.on_commit(lambda: replaced.file.storage.delete(str(replaced.file.name)))
    return declaration


@transaction.atomic
def sign_declaration(exercise: Exercise, *, signed_on: date, by: Actor, at: datetime) -> JointDeclaration:
    """Declare that all signed on a day: the declaration closes and enters the record, and the exercise starts.

    Needs the text, the place, the signed document and at least a signatory of each of the three sectors (EX-02).
    """
    declaration = declaration_in_hand(exercise, by=by)
    if signed_on > day_of(at):
        raise Refused("Ese día no ha llegado. Escribe el día en que se firmó.")
    if lacks := missing_to_sign(declaration):
        raise Refused(" ".join(lacks))
    declaration.signed_on = signed_on
    declaration.save(update_fields=["signed_on"])
    declaration.signatories.filter(signed_on__isnull=True).update(signed_on=signed_on)
    text, document = declaration.texts.first(), declaration.document
    facts = {
        "signed_on": signed_on.isoformat(),
        "version": text.number if text else 0,
        "sha256": document.sha256 if document else "",
        "signatories": [
            {"sector": each.sector, "represents": each.represents} for each in declaration.signatories.all()
        ],
    }
    record("exercises.declaration_signed", EXERCISE.subject(exercise), facts, by=None, at=at)
    start_exercise(exercise, by=by, at=at)
    return declaration


def missing_to_sign(declaration: JointDeclaration) -> list[str]:
    """Return, in sentences, what a declaration lacks before it can be signed."""
    if declaration.pk is None:
        return ["Nada se ha preparado todavía."]
    signing = {signatory.sector for signatory in declaration.signatories.all()}
    absent = [sector.label.lower() for sector in ELECTING_SECTORS if sector not in signing]
    lacks = [
        (not declaration.texts.exists(), "Falta el texto de la declaración."),
        (not declaration.place, "Falta el lugar de la firma."),
        (bool(absent), f"Falta quien firme por: {', '.join(absent)}."),
        (declaration.document is None, "Falta subir el documento firmado: un PDF o una foto."),
    ]
    return [sentence for is_missing, sentence in lacks if is_missing]
