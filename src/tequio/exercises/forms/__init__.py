"""The forms of exercises."""
