"""Noto Sans (SIL Open Font License, OFL.txt) for documents and images; screens use the reader's own fonts."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent
