"""What diagnosis and co-creation tell people by mail."""
