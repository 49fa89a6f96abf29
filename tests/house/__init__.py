"""The house rules as tests, with no exception lists; each file holds one rule and shows that it can fail."""
