"""Collegiate bodies: seats, who held them when, and the sessions they held."""
