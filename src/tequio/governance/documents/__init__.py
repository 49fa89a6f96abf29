"""The documents of bodies: approved minutes as a tagged PDF."""
