"""What a body's data says: who acts, whether there is quorum, what was decided, and what its pages show."""
