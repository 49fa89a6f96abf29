"""The working pages of exercises, and the public page of a declaration."""
