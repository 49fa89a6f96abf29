"""The forms of exercises, a file per subject."""
