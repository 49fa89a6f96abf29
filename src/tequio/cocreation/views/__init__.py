"""The pages of the diagnosis, a file per subject."""
