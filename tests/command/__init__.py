"""The one command, ./tequio."""
