"""./tequio bench: measures speed and size, each thing beside its own baseline in the same run (docs/performance.md)."""
