"""Every write of the pages where rooms meet: the people and the exercise with which the demonstration is tried."""

from tequio.site.workflows.demo import seed_demo

__all__ = ["seed_demo"]
