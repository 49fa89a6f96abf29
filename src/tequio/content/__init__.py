"""Editorial pages, news and documents, kept by editors in Wagtail."""
