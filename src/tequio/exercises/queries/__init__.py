"""What is read of exercises for a page, a file per subject."""
