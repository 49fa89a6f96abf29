"""The documents themselves, walked against the pages."""
