"""Tequio: open-government exercises, end to end, for a state and its municipalities."""

__version__ = "0.1.0"
