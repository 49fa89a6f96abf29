"""What co-creation puts on paper."""
