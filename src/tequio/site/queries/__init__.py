"""What the pages where rooms meet are made of: one read for each page."""
