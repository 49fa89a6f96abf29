"""The forms of plans."""
