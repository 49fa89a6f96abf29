"""Who may open an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tequio.kernel.access import PUBLIC, open_form, public, requires, signed_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser


@public
def open_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


@signed_in
def own_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


@open_form
def form_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


@requires("accounts.change_user")
def closed_page(request: HttpRequest, key: str) -> HttpResponse:
    return HttpResponse(key)


def request_of(person: AbstractUser | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = person
    return request


def test_a_view_carries_its_access() -> None:
    assert vars(open_page)["access"] == PUBLIC
    assert vars(closed_page)["access"] == "accounts.change_user"


def test_a_public_view_opens_to_a_visitor(visitor: AnonymousUser) -> None:
    assert open_page(request_of(visitor)).content == b"/"


def test_a_closed_view_leads_a_visitor_to_the_door(visitor: AnonymousUser) -> None:
    assert closed_page(request_of(visitor), key="a").headers["Location"] == "/entrar/?next=/"


def test_a_page_of_ones_own_leads_a_visitor_to_the_door(visitor: AnonymousUser, stranger: AbstractUser) -> None:
    assert own_page(request_of(visitor)).headers["Location"] == "/entrar/?next=/"
    assert own_page(request_of(stranger)).content == b"/"


def test_what_is_not_for_all_is_kept_by_nobody(stranger: AbstractUser) -> None:
    for page in (own_page, form_page):
        assert "no-store" in page(request_of(stranger)).headers["Cache-Control"]


def test_a_closed_view_refuses_a_stranger(stranger: AbstractUser) -> None:
    with pytest.raises(PermissionDenied):
        closed_page(request_of(stranger), key="a")


def test_a_closed_view_opens_with_the_permission(stranger: AbstractUser) -> None:
    stranger.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert closed_page(request_of(stranger), key="a").content == b"a"
