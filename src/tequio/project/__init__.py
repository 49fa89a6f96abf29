"""Settings, addresses and entry point of the deployed product."""
