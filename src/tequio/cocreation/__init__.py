"""Themes and problem trees."""
