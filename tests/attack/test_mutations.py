"""Each permission in turn lets everybody in: the matrix, or the verb that no address leads to, must go red (H8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from rules.permissions import permissions
from rules.predicates import always_true

from tequio.accounts.enums import GRANT_ROLE, RoleKind
from tequio.accounts.models import Post
from tequio.accounts.workflows import grant_role
from tequio.kernel.refusal import Refused
from tests.attack.asking import faults, undone
from tests.attack.matrix import PERSONS, REFUSALS, rows
from tests.cast import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tequio.accounts.models import User
    from tests.attack.examples import Scene

pytestmark = pytest.mark.req("EX-01", "SI-04")


def give_a_role(scene: Scene, by: User) -> None:
    """Try to make somebody an operator."""
    grant_role(scene.person("representative"), Post(RoleKind.OPERATOR), by=by, at=NOW)


VERBS: Final[dict[str, Callable[[Scene, User], None]]] = {GRANT_ROLE: give_a_role}
"""The verbs whose permission no address declares, each as the stranger would try it."""


def ours() -> list[str]:
    """Return the permissions that our rooms have rules for, not those of libraries."""
    return sorted(permissions)


def is_found(scene: Scene, permission: str) -> bool:
    """Tell whether an address answers somebody as it should not, or the verb obeys the stranger."""
    if permission in VERBS:
        try:
            with undone():
                VERBS[permission](scene, scene.person("stranger"))
        except Refused:
            return False
        return True
    refused = (
        (row, person)
        for row in rows()
        if row.access == permission
        for person in PERSONS[1:]
        if not REFUSALS.isdisjoint(row.cells[person].split("/"))
    )
    return any(list(faults(scene, row, person)) for row, person in refused)


@pytest.mark.parametrize("permission", ours())
def test_a_permission_that_everybody_has_is_found(
    scene: Scene, permission: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert permission not in VERBS or not is_found(scene, permission)
    monkeypatch.setitem(permissions, permission, always_true)
    assert is_found(scene, permission), (
        f"{permission} may be anybody's and nothing fails: give its address a line, or try its verb in VERBS"
    )


def test_no_verb_is_tried_for_a_permission_that_is_not_there() -> None:
    assert set(VERBS) <= set(permissions)
