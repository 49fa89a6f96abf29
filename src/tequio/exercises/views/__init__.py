"""The pages of exercises: public ones, open forms and those of who runs an exercise."""
