"""The pages of bodies: what anybody reads, and what those who run them and sit in them do."""
