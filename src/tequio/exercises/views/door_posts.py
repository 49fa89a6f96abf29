"""The posts of a door: who runs an event hands them out; whoever holds one keeps it, without an account or a network.

With JavaScript a post works on its device (static/exercises/entrada.js): the shell is kept, the list is sealed with the
key of its address, and what was noted is sent in batches. Without JavaScript it is the door's page on other addresses.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from allauth.core.ratelimit import consume, respond_429
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tequio.accounts.models import User
from tequio.accounts.views.answers import found, person, unless_refused
from tequio.exercises.enums import RUN_EXERCISE
from tequio.exercises.forms.events import PostSearchForm
from tequio.exercises.queries.door import KEPT_AFTER, attendee_at_any_door, door_list, pass_of, post_of, post_of_pass
from tequio.exercises.views.event_door import Door
from tequio.exercises.views.event_work import event_to_run
from tequio.exercises.workflows import MOST_ACTS, close_post, note_arrivals, open_post
from tequio.kernel.access import open_form, public, requires
from tequio.kernel.canonical import sha256
from tequio.kernel.clock import next_midnight
from tequio.kernel.components import Link
from tequio.kernel.pagecache import cached_page
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from tequio.exercises.models import DoorPost

COOKIE: Final = "puesto"
SCOPE: Final = "/entrada/"
LONGEST: Final = 6
"""Digits of the size of a batch, in bytes."""
CAMERA: Final = (
    "accelerometer=(), browsing-topics=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()"
)
"""What every page answers, but for the camera, which reads codes here."""


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """List the posts of a door to who runs the event; open one, whose address is shown once, or close one."""
    event = event_to_run(request, slug, key)
    told: dict[str, Any] = {"event": event, "why": ""}
    if request.method == "POST":
        who: dict[str, Any] = {"by": person(request), "at": timezone.now()}
        number = request.POST.get("close", "")
        if number.isdecimal():
            post = get_object_or_404(event.posts.select_related("event"), number=int(number[:4]))
            close = Link("Volver a los puestos", request.path)
            return unless_refused(request, lambda: _closed(request, post, who), back=close)
        try:
            opened = open_post(event, **who)
            address = settings.SITE_ADDRESS + reverse("exercises:post_door", args=[opened.key])
            told |= {"opened": opened.post, "address": address}
        except Refused as refused:
            told["why"] = str(refused)
    told["posts"] = event.posts.all()
    return render(request, "exercises/work/door_posts.html", told, status=409 if told["why"] else 200)


def _closed(request: HttpRequest, post: DoorPost, who: dict[str, Any]) -> HttpResponse:
    """Close a post and return to the list."""
    close_post(post, **who)
    return redirect(request.path)


def post_here(token: str, *, at: Any) -> tuple[DoorPost, str]:
    """Return the post of a key, with why it does not work now."""
    post = found(post_of(token))
    if post.is_over:
        return post, "Este puesto se cerró, o la entrada de todo el evento. La lista de este teléfono ya se borra."
    opens_at = post.event.door_opens_at
    if opens_at is None or at < opens_at:
        return (
            post,
            "Este puesto funciona desde 12 horas antes de que empiece el evento. Vuelve a abrir esta liga ese día.",
        )
    return post, ""


def shut(request: HttpRequest, post: DoorPost, why: str) -> HttpResponse:
    """Say why a post does not work; one that is over is gone, and its device wipes what it keeps."""
    status = HTTPStatus.GONE if post.is_over else HTTPStatus.CONFLICT
    response = render(request, "exercises/door/shut.html", {"event": post.event, "why": why}, status=status)
    response.delete_cookie(COOKIE, path=SCOPE)
    return response


def door_of(post: DoorPost, token: str) -> Door:
    """Return the door as a post keeps it."""
    address, walk_in = (reverse(f"exercises:{name}", args=[token]) for name in ("post_door", "post_walk_in"))
    return Door(post.event, post, "exercises/door/post.html", address, walk_in)


def at_post(response: HttpResponse, post: DoorPost) -> HttpResponse:
    """Let a page use the camera, and its browser remember which post it opened."""
    response["Permissions-Policy"] = CAMERA
    ends_at = post.event.ends_at or timezone.now()
    response.set_cookie(
        COOKIE,
        pass_of(post),
        expires=ends_at + KEPT_AFTER,
        path=SCOPE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def post_door(request: HttpRequest, token: str) -> HttpResponse:
    """Keep a post by its key: look for who comes, and note it."""
    return kept(request, token, lambda door: door.answer(request))


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def post_walk_in(request: HttpRequest, token: str) -> HttpResponse:
    """Let in somebody who did not register, at a post."""
    return kept(request, token, lambda door: door.let_in(request, "exercises/door/walk_in.html"))


def kept(request: HttpRequest, token: str, act: Callable[[Door], HttpResponse]) -> HttpResponse:
    """Do what is asked of the door of a post, if its key works now and it is not asked too often."""
    post, why = post_here(token, at=timezone.now())
    if why:
        return shut(request, post, why)
    if request.method == "POST" and not consume(request, action="door_post"):
        refused: HttpResponse = respond_429(request)
        return refused
    return at_post(act(door_of(post, token)), post)


@csrf_exempt  # nothing that a browser sends by itself has a say here: only the key in the address
@open_form
@require_POST
def acts(request: HttpRequest, token: str) -> HttpResponse:
    """Take what a post's device noted, in a batch, and return each answer with the list, if it is another."""
    post, why = post_here(token, at=timezone.now())
    if why:
        return JsonResponse({"error": why}, status=HTTPStatus.GONE if post.is_over else HTTPStatus.CONFLICT)
    if not consume(request, action="door_post"):
        return JsonResponse({"error": "Son muchas peticiones. Espera un minuto."}, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        noted = note_arrivals(post, batch(request), at=timezone.now())
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=HTTPStatus.BAD_REQUEST)
    told = door_list(post.event)
    is_seen = request.POST.get("seal", "") == told["seal"]
    return JsonResponse({"answers": [asdict(each) for each in noted], "list": None if is_seen else told})


def batch(request: HttpRequest) -> list[Any]:
    """Return the acts that a device sent, or refuse what is no list of them."""
    if len(request.META.get("CONTENT_LENGTH", "")) > LONGEST:
        raise Refused("Esta petición es demasiado grande. Envía menos registros de una vez.")
    try:
        read = json.loads(request.POST.get("acts", "[]"))
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, list) or len(read) > MOST_ACTS:
        raise Refused(f"Esta petición no es una lista de {MOST_ACTS} registros como máximo.")
    return read


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Lead whoever keeps a door from the code of a person to its answer; to others it says nothing of anybody."""
    post = post_of_pass(request.COOKIES.get(COOKIE, ""))
    if post is not None:
        here = Door(post.event, post, "exercises/door/code.html", request.path)
        answer = here.note(request, code) if request.method == "POST" else here.show(request, **here.found(code))
        return at_post(answer, post)
    attendee = attendee_at_any_door(code) if isinstance(request.user, User) else None
    if attendee is not None and request.user.has_perm(RUN_EXERCISE, attendee.event):
        event = attendee.event
        return redirect("exercises:door_code", event.exercise.slug, event.slug, attendee.code)
    return render(request, "exercises/door/show_it.html")


def shell_text(request: HttpRequest) -> str:
    """Return the page of a post without its data, which a device keeps."""
    return render_to_string("exercises/door/post.html", {"form": PostSearchForm()}, request)


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page of a post without its data: the device fills it from what it keeps sealed."""
    response = HttpResponse(shell_text(request))
    response["Permissions-Policy"] = CAMERA
    return response


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the program that keeps the shell on a device; its text changes whenever the shell does."""
    told = {"seal": sha256(shell_text(request).encode())[:16], "shell": SCOPE}
    return render(request, "exercises/door/sw.js", told, content_type="text/javascript; charset=utf-8")
