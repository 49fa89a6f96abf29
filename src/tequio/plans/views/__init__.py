"""The pages of plans being written."""
