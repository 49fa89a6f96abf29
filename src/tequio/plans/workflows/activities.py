"""Writing the activities of a commitment and who answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.accounts.models import Organization, Person
from tequio.kernel.packs.moments import stated
from tequio.plans.enums import ActivityLevel
from tequio.plans.models import ActionLine, Activity, Commitment, Responsible

if TYPE_CHECKING:
    from tequio.kernel.packs.schema import Record


def load_activities(commitment: Commitment, record: Record) -> None:
    """Write the dated table and the lines of action; a code says its list and its place in it, for ever."""
    for order, told in enumerate(record["actividades"], 1):
        activity = Activity.objects.create(
            commitment=commitment,
            level=ActivityLevel.COMMITMENT,
            order=order,
            code=f"{commitment.code}-A{order}",
            label=told["etiqueta"],
            title=told["dice"],
            verification=told["verificacion"],
            **stated(told["inicio"], told["fin"]),
        )
        load_contacts(commitment, activity, told["responsables"])
    for told in record["lineas"]:
        line = ActionLine.objects.create(commitment=commitment, number=told["numero"], text=told["dice"])
        Activity.objects.bulk_create(
            Activity(
                commitment=commitment,
                line=line,
                level=ActivityLevel.LINE,
                order=order,
                code=f"{commitment.code}-L{line.number}-{order}",
                label=row["etiqueta"],
                title=row["dice"],
                description=row["descripcion"],
                verification=row["verificacion"],
            )
            for order, row in enumerate(told["actividades"], 1)
        )


def load_contacts(commitment: Commitment, activity: Activity | None, records: tuple[Record, ...]) -> None:
    """Write who answers for an activity, or for the commitment as its contact."""
    people = Person.objects.in_bulk([told["persona"] for told in records if told["persona"]], field_name="key")
    keys = [told["organizacion"] for told in records if told["organizacion"]]
    organizations = Organization.objects.in_bulk(keys, field_name="key")
    Responsible.objects.bulk_create(
        Responsible(
            commitment=commitment,
            activity=activity,
            order=order,
            person=people.get(told["persona"]),
            organization=organizations.get(told["organizacion"]),
            name=told["dice"],
            post=told["cargo"],
            mail=told["correo"],
            phone=told["telefono"],
        )
        for order, told in enumerate(records, 1)
    )
