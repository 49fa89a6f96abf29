"""The pages on which anybody writes, follows their letter and reads what was answered, and those who answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.enums import ANSWER_LETTER, LetterStatus
from tequio.accounts.forms.letters import LetterAnswerForm, LetterForm, LetterPublicForm
from tequio.accounts.models import Letter
from tequio.accounts.queries import addressees, letter_of, letters_within_reach
from tequio.accounts.views.answers import person
from tequio.accounts.views.limits import limited
from tequio.accounts.workflows import answer_letter, dismiss_letter, publish_letter, write_letter
from tequio.kernel.access import open_form, public, requires
from tequio.kernel.clock import today
from tequio.kernel.pagecache import cached_page
from tequio.kernel.refusal import Refused, when_sent

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

SHOWN = 100


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def write(request: HttpRequest) -> HttpResponse:
    """Write to the guarantor or to a municipality."""
    form = LetterForm(addressees(today()), request.POST or None, initial={"addressee": request.GET.get("a", "")})

    def send() -> HttpResponse:
        said = form.cleaned_data
        written = write_letter(said["message"], said["addressee"], email=said["email"], at=timezone.now())
        if not written.token:  # sent twice: the link went by mail the first time
            return render(request, "accounts/letters/already.html", {"letter": written.letter})
        return redirect("letter_sent", token=written.token)

    return when_sent(request, form, send) or render(request, "accounts/letters/write.html", {"form": form})


@open_form
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show a letter and its answer to whoever holds its secret."""
    letter = letter_of(token)
    return render(request, "accounts/letters/follow.html", {"letter": letter}, status=200 if letter else 404)


@public
@require_safe
@cached_page()
def answers(request: HttpRequest) -> HttpResponse:
    """Show what was answered in public."""
    found = Letter.objects.published().select_related("organization", "jurisdiction")[:SHOWN]
    return render(request, "accounts/letters/answers.html", {"letters": found, "shown": SHOWN})


@requires(ANSWER_LETTER)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the letters that wait, the oldest first, and the last ones answered."""
    within = letters_within_reach(person(request), today())
    answered = within.exclude(status__in=[LetterStatus.RECEIVED, LetterStatus.DISMISSED]).order_by("-answered_at")
    shown = {"waiting": within.filter(status=LetterStatus.RECEIVED), "answered": answered[:50]}
    return render(request, "accounts/letters/inbox.html", shown)


@requires(ANSWER_LETTER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, folio: str) -> HttpResponse:
    """Show a letter to those who answer it; they answer, publish the answer, or close it."""
    viewer, at = person(request), timezone.now()
    letter = get_object_or_404(letters_within_reach(viewer, today()), folio=folio)
    form = _form(letter, request)
    why = ""
    try:
        if request.method == "POST" and request.POST.get("que") == "cerrar":
            dismiss_letter(letter, by=viewer, at=at)
            return redirect("letters_inbox")
        if isinstance(form, LetterAnswerForm) and form.is_valid():
            answer_letter(letter, form.cleaned_data["answer"], by=viewer, at=at)
            return redirect("letter_answer", folio=folio)
        if isinstance(form, LetterPublicForm) and form.is_valid():
            said = form.cleaned_data
            publish_letter(letter, said["question"], said["public_answer"], by=viewer, at=at)
            return redirect("letter_answer", folio=folio)
    except Refused as refused:
        why = str(refused)
    if letter.status == LetterStatus.DISMISSED:
        raise Http404
    facts = {"form": form, "letter": letter, "why": why}
    return render(request, "accounts/letters/answer.html", facts, status=409 if why else 200)


def _form(letter: Letter, request: HttpRequest) -> Form:
    """Return the form of what comes next: answering, or publishing what was answered."""
    sent = request.POST if request.method == "POST" and request.POST.get("que") != "cerrar" else None
    if letter.status == LetterStatus.RECEIVED:
        return LetterAnswerForm(sent)
    return LetterPublicForm(sent, initial={"public_answer": letter.answer})
