"""The pages of exercises: public, of who answers a call, and of who runs an exercise."""
