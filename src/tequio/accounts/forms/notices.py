"""The form in which a person says how often to be told of each topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from tequio.accounts.enums import DIGEST
from tequio.kernel.topics import Pace, topics

if TYPE_CHECKING:
    from collections.abc import Mapping


class PacesForm(forms.Form):
    """A choice per topic: the digest first, for it decides whether the rest has a message to go in."""

    def __init__(self, paces: Mapping[str, Pace], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in sorted(topics(), key=lambda each: each != DIGEST):
            offered = [Pace.DAILY, Pace.WEEKLY, Pace.NEVER] if topic == DIGEST else list(Pace)
            self.fields[topic.key] = forms.ChoiceField(
                label=topic.name,
                help_text=topic.explanation,
                choices=[(pace.value, DIGEST_WORDS[pace] if topic == DIGEST else pace.label) for pace in offered],
                initial=paces.get(topic.key, topic.pace),
            )


DIGEST_WORDS = {Pace.DAILY: "Cada día", Pace.WEEKLY: "Cada semana", Pace.NEVER: "Nunca"}
