"""What the catalogue, the files and the API read."""
