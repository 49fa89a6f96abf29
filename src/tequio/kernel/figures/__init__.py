"""Drawings made on the server: accessible SVG without inline style, and the image a shared link shows."""
