"""The published rules by which a state follows from what was reported, proved and judged. Nobody types a state.

Activity. Without report: «No consta» in a closed exercise, «Por iniciar» in a running one. With reports, the latest
counts; «Terminada» with evidence and a latest judgement that validates it is «Validada», else «Reportada terminada».

Commitment (OGP scale), over the filled-in activities of the level it counts, cancelled ones apart:
all validated: Completo · at least half: Sustancial · some evidence: Limitado · reports without evidence, or nothing
in a closed exercise: Sin evidencia · nothing in a running one: No iniciado.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.monitoring.enums import ActivityState, Completion, ReportedState, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AS_REPORTED = {
    ReportedState.IN_PROGRESS: ActivityState.IN_PROGRESS,
    ReportedState.TROUBLED: ActivityState.TROUBLED,
    ReportedState.CANCELLED: ActivityState.CANCELLED,
}


def activity_state(
    *, reported: str | None, evidence_count: int, verdicts: Iterable[str], closed: bool
) -> ActivityState:
    """Return an activity's state from the latest report, its evidence and the latest verdict of each voice."""
    if reported is None:
        return ActivityState.NO_RECORD if closed else ActivityState.NOT_STARTED
    if reported != ReportedState.DONE:
        return AS_REPORTED[ReportedState(reported)]
    given = {verdict for verdict in verdicts if verdict}
    proved = bool(evidence_count) and given == {Verdict.VALIDATED}
    return ActivityState.VALIDATED if proved else ActivityState.REPORTED_DONE


def completion(states: Sequence[str], *, evidence_count: int, closed: bool) -> Completion:
    """Return a commitment's completion from the states of its counted activities."""
    counted = [state for state in states if state != ActivityState.CANCELLED]
    validated = sum(state == ActivityState.VALIDATED for state in counted)
    if counted and validated == len(counted):
        return Completion.COMPLETE
    if counted and 2 * validated >= len(counted):
        return Completion.SUBSTANTIAL
    if evidence_count:
        return Completion.LIMITED
    silent = all(state in {ActivityState.NOT_STARTED, ActivityState.NO_RECORD} for state in counted)
    return Completion.NOT_STARTED if silent and not closed else Completion.NO_EVIDENCE
