"""The public pages where rooms meet."""
