"""Every write of exercises: what packs tell of them, and what people do in them."""

from tequio.exercises.workflows.attendees import (
    AttendeeDetails,
    cancel_registration,
    forget_attendees,
    register_for_event,
    remind_attendees,
)
from tequio.exercises.workflows.door import Arrival, admit_walk_in, check_in
from tequio.exercises.workflows.events import (
    EventDetails,
    cancel_event,
    change_event,
    discard_event,
    hold_event,
    plan_event,
    publish_event,
    publish_report,
)
from tequio.exercises.workflows.loading import REPLACE_EXERCISE, load_exercises
from tequio.exercises.workflows.opening import open_exercise
from tequio.exercises.workflows.photos import add_photo, remove_photo

__all__ = [
    "REPLACE_EXERCISE",
    "Arrival",
    "AttendeeDetails",
    "EventDetails",
    "add_photo",
    "admit_walk_in",
    "cancel_event",
    "cancel_registration",
    "change_event",
    "check_in",
    "discard_event",
    "forget_attendees",
    "hold_event",
    "load_exercises",
    "open_exercise",
    "plan_event",
    "publish_event",
    "publish_report",
    "register_for_event",
    "remind_attendees",
    "remove_photo",
]
