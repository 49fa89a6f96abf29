"""What the diagnosis prints, a file per document."""
