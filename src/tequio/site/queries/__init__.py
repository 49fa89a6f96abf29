"""Reads that put several rooms on one page."""
