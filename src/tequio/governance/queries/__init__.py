"""What the pages and the verbs of collegiate bodies ask."""
