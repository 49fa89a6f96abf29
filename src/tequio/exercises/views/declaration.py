"""The joint declaration: the public page and its document, and the pages where it is prepared and signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tequio.accounts.views.answers import unless_refused
from tequio.exercises.enums import RUN_EXERCISE
from tequio.exercises.forms.declaration import ActForm, DocumentForm, SignatoryForm, SigningForm, TextForm
from tequio.exercises.models import Exercise, JointDeclaration, Signatory
from tequio.exercises.views.answers import exercise_within_reach, to_work
from tequio.exercises.workflows import (
    add_signatory,
    attach_signed_document,
    missing_to_sign,
    plan_signing,
    remove_signatory,
    sign_declaration,
    write_declaration,
)
from tequio.kernel.access import public, requires
from tequio.kernel.along import read_along
from tequio.kernel.attachments import answer_with
from tequio.kernel.clock import today
from tequio.kernel.components import Link
from tequio.kernel.pagecache import cached_page
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


@dataclass(frozen=True)
class Step:
    """A step of preparing the declaration: what it asks, what it proposes, and the verb that it calls."""

    title: str
    button: str
    form: type[forms.Form]
    proposed: Callable[[JointDeclaration], dict[str, Any]]
    act: Callable[..., Any]
    is_done: Callable[[JointDeclaration], bool]


def model_text(declaration: JointDeclaration) -> str:
    """Return the model declaration, filled with what is known of this one."""
    exercise = declaration.exercise
    place = exercise.jurisdiction
    term = exercise.guarantor_terms.select_related("organization").last()
    filled = {
        "exercise": exercise,
        "place": place,
        "state": place.parent or place,
        "guarantor": term.organization if term else "",
        "declaration": declaration,
        "signatories": declaration.signatories.all() if declaration.pk else (),
    }
    return render_to_string("exercises/documents/declaracion.txt", filled)


def last_text(declaration: JointDeclaration) -> dict[str, Any]:
    """Return the text to go on from: the last version, or the model."""
    last = declaration.texts.first() if declaration.pk else None
    return {"text": last.text if last else model_text(declaration)}


def signing_day(declaration: JointDeclaration) -> dict[str, Any]:
    """Return the day to propose for the signing: the planned one, unless it is still to come."""
    planned = declaration.act_on
    return {"signed_on": planned if planned and planned <= today() else today()}


STEPS: Final = {
    "acto": Step(
        "Lugar y día de la firma",
        "Guardar lugar y día",
        ActForm,
        lambda declaration: {"place": declaration.place, "act_on": declaration.act_on},
        lambda exercise, told, **who: plan_signing(exercise, **told, **who),
        lambda declaration: bool(declaration.place and declaration.act_on),
    ),
    "firmantes": Step(
        "Quiénes firman",
        "Agregar firmante",
        SignatoryForm,
        lambda _declaration: {},
        lambda exercise, told, **who: add_signatory(exercise, **told, **who),
        lambda declaration: bool(declaration.pk and declaration.signatories.exists()),
    ),
    "texto": Step(
        "Texto de la declaración",
        "Guardar el texto",
        TextForm,
        last_text,
        lambda exercise, told, **who: write_declaration(exercise, **told, **who),
        lambda declaration: bool(declaration.pk and declaration.texts.exists()),
    ),
    "documento": Step(
        "Documento firmado",
        "Subir el documento",
        DocumentForm,
        lambda _declaration: {},
        lambda exercise, told, **who: attach_signed_document(exercise, told["document"], **who),
        lambda declaration: declaration.document_id is not None,
    ),
    "firma": Step(
        "Dar por firmada y arrancar el ejercicio",
        "Dar por firmada la declaración",
        SigningForm,
        signing_day,
        lambda exercise, told, **who: sign_declaration(exercise, **told, **who),
        lambda declaration: declaration.signed_on is not None,
    ),
}


def declaration_of(exercise: Exercise, *hung: str) -> JointDeclaration:
    """Return the exercise's declaration with what hangs from it, or an empty one that is not kept."""
    found = read_along(JointDeclaration.objects.filter(exercise=exercise), "document", *hung)
    declaration = next(iter(found), JointDeclaration(exercise=exercise))
    declaration.exercise = exercise
    return declaration


@public
@require_safe
@cached_page()
def declaration_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the declaration: signed, with its text and document; unsigned, where and when it will be."""
    exercise = get_object_or_404(Exercise.objects.visible_to(None).select_related("jurisdiction"), slug=slug)
    declaration = declaration_of(exercise)
    known = declaration.pk is not None
    shown = {
        "exercise": exercise,
        "declaration": declaration,
        "text": declaration.texts.first() if known else None,
        "signatories": declaration.signatories.all() if known else (),
        "trail": [
            Link("Ejercicios", "/ejercicios/"),
            Link(exercise.name, exercise.get_absolute_url()),
            Link("Declaración conjunta"),
        ],
    }
    return render(request, "exercises/declaration.html", shown)


@public
@require_safe
def document(_request: HttpRequest, slug: str) -> HttpResponseBase:
    """Serve the signed document, once the declaration is signed."""
    exercise = get_object_or_404(Exercise.objects.visible_to(None), slug=slug)
    declaration = declaration_of(exercise)
    if declaration.document is None or declaration.signed_on is None:
        raise Http404
    return answer_with(declaration.document, shown=True)


@requires(RUN_EXERCISE)
@require_safe
def document_before(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Serve the document to those who prepare the declaration."""
    declaration = declaration_of(exercise_within_reach(request, slug, RUN_EXERCISE))
    if declaration.document is None:
        raise Http404
    return answer_with(declaration.document, shown=True)


@requires(RUN_EXERCISE)
@require_safe
def preparing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the steps of the declaration, each done or not, and what it lacks to be signed."""
    exercise = exercise_within_reach(request, slug, RUN_EXERCISE)
    declaration = declaration_of(exercise, "signatories", "texts")
    shown = {
        "exercise": exercise,
        "declaration": declaration,
        "steps": [(name, step.title, step.is_done(declaration)) for name, step in STEPS.items()],
        "lacks": missing_to_sign(declaration),
    }
    return render(request, "exercises/declaration_steps.html", shown)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def preparing_step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Ask what a step of the declaration needs."""
    exercise = exercise_within_reach(request, slug, RUN_EXERCISE)
    step, declaration = STEPS.get(name), declaration_of(exercise, "signatories", "texts")
    if step is None:
        raise Http404
    form = step.form(request.POST or None, request.FILES or None, initial=step.proposed(declaration))

    def send() -> HttpResponse:
        step.act(exercise, form.cleaned_data, by=request.user, at=timezone.now())
        if name == "firmantes":  # there are several to add
            return redirect("exercises:declaration_step", slug, name)
        return redirect("exercises:declaration", slug)

    shown = {
        "exercise": exercise,
        "declaration": declaration,
        "form": form,
        "name": name,
        "step": step,
        "signatories": declaration.signatories.all() if declaration.pk else (),
        "versions": declaration.texts.all() if declaration.pk else (),
        "lacks": missing_to_sign(declaration),
    }
    return when_sent(request, form, send) or render(request, "exercises/declaration_step.html", shown)


@requires(RUN_EXERCISE)
@require_POST
def drop_signatory(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    """Take a signatory off."""
    exercise = exercise_within_reach(request, slug, RUN_EXERCISE)
    signatory = get_object_or_404(Signatory, declaration__exercise=exercise, order=order)

    def drop() -> HttpResponse:
        remove_signatory(signatory, by=request.user, at=timezone.now())
        return redirect("exercises:declaration_step", slug, "firmantes")

    return unless_refused(request, drop, back=to_work(exercise))
