"""Drawings made on the server: accessible SVG without inline style, and the image shown when a page is shared."""
