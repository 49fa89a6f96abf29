"""The plan as documents: PDF, DOCX and JSON-LD, each written from one outline of its dossier.

Import the file's own module (`typesetting.pdf`, `word.docx`, `linked.jsonld`) only where it is made: their libraries
are heavy. `attaching.make_documents` makes all three of a plan's newest edition.
"""
