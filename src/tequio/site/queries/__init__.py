"""Reads for the pages where rooms meet."""
