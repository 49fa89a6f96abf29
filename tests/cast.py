"""The cast: two invented lands, and the accounts that act in them, each made by the product's own verbs.

`visitor` and `stranger`, who have no role, stand in conftest.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import encrypt
from django.contrib.auth.signals import user_logged_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tequio.accounts.enums import JurisdictionKind, NoticeKey, OrganizationKind, RoleKind, Sector
from tequio.accounts.models import Jurisdiction, Organization, Post, PrivacyNotice, User
from tequio.accounts.queries import asks_second_step
from tequio.accounts.workflows import NoticeText, accept_invitation, grant_role, invite_person, publish_notice
from tequio.exercises.workflows import (
    add_signatory,
    attach_signed_document,
    open_exercise,
    plan_signing,
    sign_declaration,
    write_declaration,
)
from tequio.kernel.clock import day_of, today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.test import Client

    from tequio.exercises.models import Exercise

NOW = timezone.now()
SIGNING = {
    Sector.GUARANTOR: "El garante",
    Sector.PUBLIC_BODIES: "El ayuntamiento",
    Sector.CIVIL_SOCIETY: "Vecinas de la Niebla",
}
PARTS = (
    "superuser",
    "operator",
    "guarantor_staff",
    "far_staff",
    "liaison",
    "other_liaison",
    "representative",
    "stranger",
)


@dataclass(frozen=True)
class Land:
    """A state with its guarantor, and two municipalities with an organization each."""

    state: Jurisdiction
    town: Jurisdiction
    other_town: Jurisdiction
    guarantor: Organization
    group: Organization
    other_group: Organization


def settle(code: str) -> Land:
    """Write a land; its code has two digits that no real state has."""
    state = Jurisdiction.objects.create(kind=JurisdictionKind.STATE, code=code, name=f"Bruma {code}", slug=f"s{code}")
    kind = JurisdictionKind.MUNICIPALITY
    towns = [
        Jurisdiction.objects.create(
            kind=kind, code=f"{code}{n:03}", name=f"Niebla {n}", slug=f"t{code}{n}", parent=state
        )
        for n in (1, 2)
    ]
    guarantor = Organization.objects.create(
        key=f"garante-{code}", kind=OrganizationKind.GUARANTOR, name=f"Garante {code}", jurisdiction=state
    )
    groups = [
        Organization.objects.create(
            key=f"grupo-{town.code}", kind=OrganizationKind.CIVIL_SOCIETY, name=f"Grupo {town.code}", jurisdiction=town
        )
        for town in towns
    ]
    return Land(state, *towns, guarantor, *groups)


def account(name: str) -> User:
    """Write an account whose name and address nothing public may repeat."""
    return User.objects.create_user(name, f"{name}@example.mx", first_name=f"{name}-zq")


def read_notice(key: str) -> PrivacyNotice:
    """Return the notice of a purpose that is in force, as whoever accepts it read it; without one, a first."""
    return PrivacyNotice.objects.current(key) or PrivacyNotice.objects.create(
        key=key, version=1, short="Aviso", sections=[], published_at=NOW
    )


def again(person: User) -> User:
    """Return a person as the next request reads them."""
    return User.objects.get(pk=person.pk)


@pytest.fixture(autouse=True)
def whole_entrance() -> Iterator[None]:
    """Let who enters a test without the door (`force_login`) show the second step that their person would."""
    user_logged_in.connect(give_second_step)
    yield
    user_logged_in.disconnect(give_second_step)


def give_second_step(request: HttpRequest, user: User, **_told: Any) -> None:
    """Give a second step to the session of whoever needs one; only a test's own entrance has no path."""
    if not request.path and asks_second_step(user, today()):
        step, _ = Authenticator.objects.get_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": codes()}
        )
        record_authentication(request, user, "mfa", id=step.pk, type=step.type)


@cache
def codes() -> dict[str, str]:
    """Return what the database keeps of an application's codes."""
    return {"secret": encrypt(generate_totp_secret())}


def without_second_step(client: Client) -> Client:
    """Take back the second step that a test's entrance gave."""
    session = client.session
    session.pop(AUTHENTICATION_METHODS_SESSION_KEY, None)
    session.save()
    return client


@pytest.fixture
def land(db: None) -> Land:
    """The land in which the cast acts."""
    return settle("91")


@pytest.fixture
def far_land(db: None) -> Land:
    """Another state, where the cast is nobody."""
    return settle("92")


@pytest.fixture
def superuser(db: None) -> User:
    """Who installed the site (createsuperuser)."""
    return User.objects.create_superuser("raiz", "raiz@example.mx")


@pytest.fixture
def operator(superuser: User) -> User:
    """Who operates the platform."""
    person = account("operadora")
    grant_role(person, Post(RoleKind.OPERATOR), by=superuser, at=NOW)
    return person


@pytest.fixture
def guarantor_staff(operator: User, land: Land) -> User:
    """Who works in the land's guarantor."""
    person = account("garante")
    grant_role(person, Post(RoleKind.GUARANTOR_STAFF, land.guarantor), by=operator, at=NOW)
    return person


@pytest.fixture
def far_staff(operator: User, far_land: Land) -> User:
    """Who works in the guarantor of the other state."""
    person = account("lejana")
    grant_role(person, Post(RoleKind.GUARANTOR_STAFF, far_land.guarantor), by=operator, at=NOW)
    return person


@pytest.fixture
def liaison(guarantor_staff: User, land: Land) -> User:
    """The liaison of the land's first municipality."""
    person = account("enlace")
    grant_role(person, Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=land.town), by=guarantor_staff, at=NOW)
    return person


@pytest.fixture
def other_liaison(guarantor_staff: User, land: Land) -> User:
    """The liaison of the land's second municipality."""
    person = account("vecino")
    grant_role(person, Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=land.other_town), by=guarantor_staff, at=NOW)
    return person


@pytest.fixture
def representative(liaison: User, land: Land) -> User:
    """Who represents the first municipality's organization, by the liaison's invitation."""
    person = account("representante")
    sent = invite_person(person.email, Post(RoleKind.REPRESENTATIVE, land.group), by=liaison, at=NOW)
    accept_invitation(sent.token, verified_email=person.email, by=person, at=NOW)
    return person


@pytest.fixture
def exercise(guarantor_staff: User, land: Land) -> Exercise:
    """The exercise of the land's first municipality, under way."""
    return begun(land.town, "Ejercicio de Niebla 1", guarantor_staff)


@pytest.fixture
def other_exercise(guarantor_staff: User, land: Land) -> Exercise:
    """The exercise of the second municipality, where the first one's people are nobody."""
    return begun(land.other_town, "Ejercicio de Niebla 2", guarantor_staff)


@pytest.fixture
def state_exercise(guarantor_staff: User, land: Land) -> Exercise:
    """The exercise of the state itself."""
    return begun(land.state, "Ejercicio de Bruma", guarantor_staff)


def begun(place: Jurisdiction, name: str, by: User) -> Exercise:
    """Open an exercise of this year and the next, and start it with its declaration signed, each by its verb."""
    year = NOW.year
    exercise = open_exercise(place, name=name, first_year=year, last_year=year + 1, by=again(by), at=NOW)
    sign(exercise, by=again(by))
    exercise.refresh_from_db()
    return exercise


def sign(exercise: Exercise, *, by: User) -> None:
    """Prepare and sign a declaration, today."""
    who = {"by": by, "at": NOW}
    for sector, represents in SIGNING.items():
        add_signatory(exercise, sector=sector, represents=represents, **who)
    write_declaration(exercise, "Declaramos que lo haremos.", **who)
    plan_signing(exercise, place="Plaza de la Niebla", act_on=day_of(NOW), **who)
    attach_signed_document(exercise, SimpleUploadedFile("declaracion.pdf", b"%PDF-1.7 firmada"), **who)
    sign_declaration(exercise, signed_on=day_of(NOW), **who)


@pytest.fixture
def notices(operator: User) -> None:
    """The privacy notices of every form, published: without its notice, a form that asks for consent refuses."""
    for key in NoticeKey:
        text = NoticeText(key, f"Aviso corto de {key.value}.", (("Para qué", f"Para {key.value}."),))
        publish_notice(text, by=again(operator), at=NOW)


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    """Every account of the cast by its part, as a new request reads them."""
    return {part: again(request.getfixturevalue(part)) for part in PARTS}
