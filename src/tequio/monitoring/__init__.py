"""What was reported, what proves it, what civil society says of it; the public dashboard."""
