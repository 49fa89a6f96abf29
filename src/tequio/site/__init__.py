"""Home, search, agenda and the pages where rooms meet."""
