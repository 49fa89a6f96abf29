"""The forms of accounts: those of the door, and those that invite and take back."""
