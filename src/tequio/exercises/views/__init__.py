"""The pages of exercises, a file per subject."""
