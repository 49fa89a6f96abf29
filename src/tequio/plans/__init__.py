"""Action plans: chapters, commitments, roadmaps, and what their documents leave out or contradict."""
