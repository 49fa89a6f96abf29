"""The pages of accounts: the door, one's own account, and who is invited to what."""
