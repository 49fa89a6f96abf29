"""Attacks made by generators: every address, every draft field, every text of a pack."""
