"""Reads of exercises, by what asks them."""
