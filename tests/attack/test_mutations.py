"""Each permission in turn lets everybody in: the matrix, or the verb that no address leads to, must go red (H8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from django.contrib.auth.models import AnonymousUser
from rules.permissions import permissions
from rules.predicates import always_true

from tequio.accounts.enums import (
    DISMISS_LETTER,
    GRANT_ROLE,
    PROVE_REQUEST,
    PROVE_REQUEST_IN_PERSON,
    PUBLISH_LETTER,
    PUBLISH_NOTICE,
    WITHDRAW_REQUEST,
    NoticeKey,
    RightKind,
    RightProof,
    RoleKind,
)
from tequio.accounts.models import Post
from tequio.accounts.workflows import (
    NoticeText,
    Wish,
    answer_letter,
    ask_rights,
    dismiss_letter,
    grant_role,
    prove_request,
    prove_request_in_person,
    publish_letter,
    publish_notice,
    withdraw_request,
)
from tequio.cocreation.enums import CONDUCT_TREE
from tequio.cocreation.workflows import send_to_review
from tequio.exercises.enums import AMEND_APPLICATION
from tequio.exercises.workflows import withdraw_application
from tequio.governance.enums import DESIGNATE_MEMBER, SPEAK_FOR_SEAT
from tequio.governance.models import Minutes
from tequio.governance.workflows import Holder, designate_member, send_remark
from tequio.kernel.refusal import Refused
from tests.attack.asking import faults, objects_of, undone
from tests.attack.examples_bodies import closed, stm
from tests.attack.examples_calls import an_answer
from tests.attack.examples_rights import letter, request
from tests.attack.examples_trees import grown
from tests.attack.matrix import PERSONS, rows
from tests.cast import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tequio.accounts.models import User
    from tests.attack.examples import Scene

pytestmark = [pytest.mark.once, pytest.mark.req("EX-01", "SI-04")]


TEXT: Final = NoticeText(NoticeKey.ACCOUNT, "Aviso corto.", (("Qué guardamos", "Tu correo."),), changes="Las palabras.")


def give_a_role(scene: Scene, by: User) -> object:
    """Try to make somebody an operator."""
    return grant_role(scene.person("stranger"), Post(RoleKind.OPERATOR), by=by, at=NOW)


def publish_an_answer(scene: Scene, by: User) -> object:
    """Try to publish what the liaison answered to a letter."""
    answered = answer_letter(letter(scene).letter, "A las nueve.", by=scene.person("liaison"), at=NOW)
    return publish_letter(answered, "¿A qué hora?", "A las nueve.", by=by, at=NOW)


def prove(scene: Scene, by: User) -> object:
    """Try to prove another's request."""
    wish = Wish(RightKind.ACCESS, "Quiero ver mis datos.", scene.land.guarantor, "nadie@example.mx", RightProof.MAIL)
    return prove_request(ask_rights(wish, by=AnonymousUser(), at=NOW).request, by=by, at=NOW)


def speak(scene: Scene, by: User) -> object:
    """Try to speak for another's seat, of the minutes."""
    made = stm(scene)
    minutes = Minutes.objects.get(session=closed(made))
    return send_remark(minutes, next(iter(made.terms.values())), "Falta un punto.", by=by, at=NOW)


def designate(scene: Scene, by: User) -> object:
    """Try to designate for another's seat."""
    seat = next(iter(stm(scene).terms.values())).seat
    return designate_member(seat, Holder("Nadie"), act="Oficio 1", by=by, at=NOW)


VERBS: Final[dict[str, Callable[[Scene, User], object]]] = {
    GRANT_ROLE: give_a_role,
    DISMISS_LETTER: lambda scene, by: dismiss_letter(letter(scene).letter, by=by, at=NOW),
    PUBLISH_LETTER: publish_an_answer,
    PROVE_REQUEST: prove,
    PROVE_REQUEST_IN_PERSON: lambda scene, by: prove_request_in_person(request(scene).request, by=by, at=NOW),
    WITHDRAW_REQUEST: lambda scene, by: withdraw_request(request(scene).request, by=by, at=NOW),
    AMEND_APPLICATION: lambda scene, by: withdraw_application(an_answer(scene), by=by, at=NOW),
    SPEAK_FOR_SEAT: speak,
    CONDUCT_TREE: lambda scene, by: send_to_review(grown(scene), by=by, at=NOW),
    DESIGNATE_MEMBER: designate,
    PUBLISH_NOTICE: lambda _scene, by: publish_notice(TEXT, by=by, at=NOW),
}
"""The verbs whose permission no address declares, each as the representative would try it."""


def ours() -> list[str]:
    """Return the permissions that our rooms have rules for, not those of libraries."""
    return sorted(permissions)


def tried(scene: Scene, permission: str) -> str:
    """Return why a verb refuses the representative; nothing, if it obeys."""
    try:
        with undone():
            VERBS[permission](scene, scene.person("representative"))
    except Refused as refused:
        return str(refused)
    return ""


def is_found(scene: Scene, permission: str) -> bool:
    """Tell whether an address answers somebody as it should not."""
    room = f"{permission.partition('.')[0]}."
    own = [row for row in rows() if row.access == permission]
    near = [row for row in rows() if row.access.startswith(room) and row not in own and "POST" in row.methods]
    for row in [*own, *near]:
        with objects_of(scene, row) as example:
            refused = (person for person in PERSONS[1:] if row.cells[person] != "ok")
            if any(list(faults(scene, row, person, example)) for person in refused):
                return True
    return False


@pytest.mark.parametrize("permission", ours())
def test_a_permission_that_everybody_has_is_found(
    scene: Scene, permission: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tried(scene, permission) if permission in VERBS else ""
    assert before or permission not in VERBS
    monkeypatch.setitem(permissions, permission, always_true)
    found = tried(scene, permission) != before if permission in VERBS else is_found(scene, permission)
    assert found, f"{permission} may be anybody's and nothing fails: give its address a line, or try its verb in VERBS"


def test_no_verb_is_tried_for_a_permission_that_is_not_there() -> None:
    assert set(VERBS) <= set(permissions)
