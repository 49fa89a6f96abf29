"""The pages of collegiate bodies."""
