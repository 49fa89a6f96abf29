"""What the pages of diagnosis and co-creation show."""
