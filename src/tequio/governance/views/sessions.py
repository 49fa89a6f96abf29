"""The pages on which a session is convened and changed, its minutes remarked, and its agreements followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.accounts.views.answers import found
from tequio.governance.enums import (
    ATTEND_SESSION,
    CONVENE_SESSION,
    FOLLOW_AGREEMENT,
    RUN_SESSION,
    SessionKind,
)
from tequio.governance.forms.sessions import (
    FIRST_POINTS,
    AnswerForm,
    CancelForm,
    ChangeForm,
    ConvocationForm,
    FulfilForm,
    RecordingForm,
    RemarkForm,
)
from tequio.governance.models import Remark
from tequio.governance.queries.minutes import compile_minutes
from tequio.governance.queries.pages import agreement_seen
from tequio.governance.queries.quorum import rules_of
from tequio.governance.views.answers import allowed, form_page, session_of_page
from tequio.governance.views.bodies import FORM, body_of_page
from tequio.governance.workflows import (
    answer_remark,
    cancel_agreement,
    change_session,
    convene_session,
    fulfil_agreement,
    publish_recording,
    send_remark,
)
from tequio.kernel.access import requires
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User
    from tequio.governance.models import Minutes, SeatTerm, Session


@requires(CONVENE_SESSION)
@require_http_methods(FORM)
def convene(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Convene a session of a body."""
    body = body_of_page(request, slug, word)
    viewer = allowed(request, CONVENE_SESSION, body)
    first = {} if body.sessions.exists() else {"kind": SessionKind.INSTALLATION, "points": FIRST_POINTS}
    form = ConvocationForm(request.POST or None, initial={"kind": SessionKind.ORDINARY} | first)

    def send() -> HttpResponse:
        said = form.cleaned_data
        session = convene_session(
            body, SessionKind(said["kind"]), form.meeting, said["points"], by=viewer, at=timezone.now()
        )
        return redirect("governance:live", slug, session.number)

    rules = rules_of(body)
    return when_sent(request, form, send) or form_page(
        request,
        form,
        body.exercise,
        title=f"Convocar a {body.short_name}",
        lede=f"El aviso llega por correo a titulares, suplentes y facilitación. Una ordinaria se convoca con al menos "
        f"{rules.notice_days} días; una extraordinaria, con {rules.short_notice_days}.",
        button="Convocar",
        back=f"{body.exercise.get_absolute_url()}organos/",
    )


@requires(CONVENE_SESSION)
@require_http_methods(FORM)
def change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change how, where or when a session meets."""
    session = session_of_page(request, slug, number)
    viewer = allowed(request, CONVENE_SESSION, session)
    before = {
        "starts_at": session.starts_at,
        "mode": session.mode,
        "place": session.place,
        "link": session.link,
    }
    form = ChangeForm(request.POST or None, initial=before)

    def send() -> HttpResponse:
        change_session(session, form.meeting, reason=form.cleaned_data["reason"], by=viewer, at=timezone.now())
        return redirect("governance:live", slug, number)

    return when_sent(request, form, send) or form_page(
        request,
        form,
        session.exercise,
        title=f"Cambiar: {session.name}",
        lede="Las confirmaciones, la asistencia y los acuerdos se quedan como están.",
        button="Guardar el cambio",
        above=session.name,
        back=f"{session.get_absolute_url()}en-vivo/",
    )


@requires(RUN_SESSION)
@require_http_methods(FORM)
def recording(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say where the recording of a session is."""
    session = session_of_page(request, slug, number)
    viewer = allowed(request, RUN_SESSION, session)
    form = RecordingForm(request.POST or None, initial={"url": session.recording_url})

    def send() -> HttpResponse:
        publish_recording(session, form.cleaned_data["url"], by=viewer, at=timezone.now())
        return redirect(session.get_absolute_url())

    return when_sent(request, form, send) or form_page(
        request,
        form,
        session.exercise,
        title=f"Grabación: {session.name}",
        lede="Aparece en la página pública de la sesión.",
        button="Publicar la grabación",
        above=session.name,
        back=f"{session.get_absolute_url()}acta/",
    )


@requires(ATTEND_SESSION)
@require_http_methods(FORM)
def draft(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the draft of the minutes to whoever sits in the body, and take their remarks and what is answered."""
    session = session_of_page(request, slug, number)
    viewer = allowed(request, ATTEND_SESSION, session)
    minutes: Minutes = found(getattr(session, "record", None))
    term = attended(session, viewer)
    is_sent = request.method == "POST"
    form = RemarkForm(request.POST if is_sent else None)

    def send() -> HttpResponse:
        send_remark(minutes, found(term), form.cleaned_data["text"], by=viewer, at=timezone.now())
        return redirect("governance:draft", slug, number)

    if answer := when_sent(request, form, send):
        return answer
    shown = {
        "session": session,
        "record": minutes,
        "told": compile_minutes(session, approved_by=minutes.agreement),
        "form": form if term and not minutes.approved_at else None,
        "may_run": viewer.has_perm(RUN_SESSION, session),
        "remarks": minutes.remarks.select_related("term__seat"),
    }
    return render(request, "governance/draft.html", shown, status=409 if is_sent else 200)


def attended(session: Session, viewer: User) -> SeatTerm | None:
    """Return the term by which somebody was in a session, or nothing."""
    mine = session.presences.filter(term__account=viewer).select_related("term__seat__body").first()
    return mine.term if mine else None


@requires(RUN_SESSION)
@require_http_methods(FORM)
def answer(request: HttpRequest, slug: str, number: int, remark: int) -> HttpResponse:
    """Answer a remark to the draft of the minutes."""
    session = session_of_page(request, slug, number)
    viewer = allowed(request, RUN_SESSION, session)
    related = Remark.objects.select_related("minutes__session__body__exercise", "term__seat")
    said = get_object_or_404(related, pk=remark, minutes__session=session)
    form = AnswerForm(request.POST or None, initial={"answer": said.answer})

    def send() -> HttpResponse:
        answer_remark(said, form.cleaned_data["answer"], by=viewer, at=timezone.now())
        return redirect("governance:draft", slug, number)

    return when_sent(request, form, send) or form_page(
        request,
        form,
        session.exercise,
        title="Responder una observación",
        lede=f"{said.term.seat}: «{said.text}»",
        button="Guardar la respuesta",
        above=session.name,
        back=f"{session.get_absolute_url()}acta/",
    )


@requires(FOLLOW_AGREEMENT)
@require_http_methods(FORM)
def fulfil(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Say that an agreement is done."""
    agreement = found(agreement_seen(slug, code, request.user))
    viewer = allowed(request, FOLLOW_AGREEMENT, agreement)
    form = FulfilForm(request.POST or None)

    def send() -> HttpResponse:
        said = form.cleaned_data
        fulfil_agreement(agreement, how=said["how"], proof_url=said["proof_url"], by=viewer, at=timezone.now())
        return redirect(agreement.get_absolute_url())

    return when_sent(request, form, send) or form_page(
        request,
        form,
        agreement.exercise,
        title=f"Dar por cumplido: {agreement}",
        lede=agreement.proposal.text,
        button="Dar por cumplido",
        above=str(agreement),
        back=agreement.get_absolute_url(),
    )


@requires(RUN_SESSION)
@require_http_methods(FORM)
def cancel(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Cancel an agreement by a later one."""
    agreement = found(agreement_seen(slug, code, request.user))
    viewer = allowed(request, RUN_SESSION, agreement)
    form = CancelForm(agreement, request.POST or None)

    def send() -> HttpResponse:
        cancel_agreement(agreement, form.cleaned_data["cancelling"], by=viewer, at=timezone.now())
        return redirect(agreement.get_absolute_url())

    return when_sent(request, form, send) or form_page(
        request,
        form,
        agreement.exercise,
        title=f"Cancelar: {agreement}",
        lede="Un acuerdo se cancela con otro posterior del mismo órgano. Los dos quedan a la vista.",
        button="Cancelar el acuerdo",
        above=str(agreement),
        back=agreement.get_absolute_url(),
    )
