"""The forms of the diagnosis, a file per subject."""
