"""What is read of the diagnosis for a page, a file per subject."""
