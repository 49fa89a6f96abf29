"""The pages of diagnosis and co-creation."""
