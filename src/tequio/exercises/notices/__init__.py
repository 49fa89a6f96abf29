"""What exercises tells people by mail, and in which words."""
