"""The forms of diagnosis and co-creation."""
