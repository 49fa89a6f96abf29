"""What the operator of the machine runs."""
