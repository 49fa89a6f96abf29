"""The one expected way for a verb to say no."""


class Refused(Exception):
    """A verb refuses, in a sentence for the person who asked; anything else that is raised is a bug."""
