"""The catalogue, released files and public API; renders what the rooms declare."""
