"""The pages where rooms meet, those about the service itself, and the pages of failure."""
