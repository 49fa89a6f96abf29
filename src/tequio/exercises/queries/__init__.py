"""What the pages of exercises ask."""
