"""The forms of collegiate bodies."""
