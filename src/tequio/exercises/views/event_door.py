"""The door of an event, on a phone: by code, by name, or without having registered; one large answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.accounts.views.answers import person
from tequio.exercises.enums import RUN_EXERCISE
from tequio.exercises.forms.events import PostSearchForm, SearchForm, WalkInForm
from tequio.exercises.models import DoorPost
from tequio.exercises.queries.events import attendance, found_at_the_door
from tequio.exercises.views.event_work import event_to_run
from tequio.exercises.workflows import admit_walk_in, check_in
from tequio.kernel.access import requires
from tequio.kernel.refusal import Refused, when_sent

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User
    from tequio.exercises.models import Event


@dataclass(frozen=True)
class Door:
    """A door as somebody keeps it: who runs the event, or a post, which sees no address; and where its forms go."""

    event: Event
    keeper: User | DoorPost
    template: str
    address: str
    walk_in: str = ""

    @property
    def search(self) -> type[SearchForm]:
        """The form by which whoever comes is looked for."""
        return PostSearchForm if isinstance(self.keeper, DoorPost) else SearchForm

    def found(self, words: str) -> dict[str, Any]:
        """Return who is found by some words, as the page shows it."""
        is_staff = not isinstance(self.keeper, DoorPost)
        return {"asked": True, "found": found_at_the_door(self.event, words, with_addresses=is_staff)}

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Look for who comes by name; who gives a whole code, or is chosen from what was found, comes in at once."""
        form = self.search(request.POST or None)
        if code := request.POST.get("code", ""):
            return self.note(request, code)
        told: dict[str, Any] = {"form": form}
        if request.method == "POST" and form.is_valid():
            words = form.cleaned_data["words"]
            if self.event.attendees.filter(code=words.strip().upper()).exists():
                return self.note(request, words)
            told |= self.found(words)
        return self.show(request, **told)

    def note(self, request: HttpRequest, code: str) -> HttpResponse:
        """Note that who holds a code came, and return the door's large answer."""
        is_let_in = "let_in" in request.POST
        try:
            arrival = check_in(self.event, code, is_let_in=is_let_in, by=self.keeper, at=timezone.now())
        except Refused as why:
            return self.show(request, why=str(why))
        return self.show(request, arrival=arrival)

    def let_in(self, request: HttpRequest, template: str) -> HttpResponse:
        """Let in somebody who did not register, in three fields."""
        form = WalkInForm(request.POST or None, event=self.event)

        def send() -> HttpResponse:
            arrival = admit_walk_in(self.event, form.details, by=self.keeper, at=timezone.now())
            return self.show(request, arrival=arrival)

        told = {"event": self.event, "door": self, "form": form}
        return when_sent(request, form, send) or render(request, template, told)

    def show(self, request: HttpRequest, **told: Any) -> HttpResponse:
        """Return the door's page with what it answers."""
        shown = {"event": self.event, "door": self, "figures": attendance(self.event), "form": self.search(), **told}
        return render(request, self.template, shown, status=409 if told.get("why") else 200)


def staff_door(request: HttpRequest, slug: str, key: str) -> Door:
    """Return the door of an event as who runs it keeps it; to others it is as if it were not."""
    event = event_to_run(request, slug, key)
    address, walk_in = (reverse(f"exercises:{name}", args=[slug, key]) for name in ("door", "walk_in"))
    return Door(event, person(request), "exercises/work/door.html", address, walk_in)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Keep the door of an event."""
    return staff_door(request, slug, key).answer(request)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def door_code(request: HttpRequest, slug: str, key: str, code: str) -> HttpResponse:
    """Show to whom a code belongs, as a camera opens it, and note that they came: opening notes nothing."""
    here = staff_door(request, slug, key)
    return here.note(request, code) if request.method == "POST" else here.show(request, **here.found(code))


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let in somebody who did not register."""
    return staff_door(request, slug, key).let_in(request, "exercises/work/walk_in.html")
