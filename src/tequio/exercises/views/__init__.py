"""The working pages of an exercise, and the public page of its declaration."""
