"""The forms of bodies and sessions."""
