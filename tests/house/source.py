"""The repository as the rules read it: its files, its rooms, its syntax trees."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "src" / "tequio"
# What .gitignore leaves out, and git's own.
UNCOMMITTED = {"__pycache__", "node_modules", "dist", "results", ".git"}


@dataclass(frozen=True)
class Module:
    """A Python file: where it is from the repository's root, and what it says."""

    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @property
    def parts(self) -> list[str]:
        """The names on the way to it: src/tequio/plans/views/home.py is plans, views, home."""
        names = self.place.removeprefix("src/tequio/").removesuffix(".py").split("/")
        return [name for name in names if name != "__init__"]

    @property
    def room(self) -> str:
        """The room it stands in; empty for the package itself."""
        return self.parts[0] if self.parts else ""

    @property
    def kind(self) -> str:
        """What it is in its room: models, views, workflows…; empty for the room itself."""
        return self.parts[1] if len(self.parts) > 1 else ""


def files(pattern: str, *folders: str) -> list[Path]:
    """Return the files that are or would be committed, under these folders of the repository or all of it."""
    places = [ROOT / folder for folder in folders] if folders else committed_folders()
    found = [path for place in places for path in sorted(place.rglob(pattern)) if path.is_file()]
    loose = [] if folders else [path for path in sorted(ROOT.glob(pattern)) if path.is_file()]
    return [path for path in [*loose, *found] if not UNCOMMITTED & set(path.parts)]


def committed_folders() -> list[Path]:
    """Return the top folders that are committed; of those that begin with a dot, only CI's."""
    return [
        path
        for path in sorted(ROOT.iterdir())
        if path.is_dir() and path.name != "data" and (not path.name.startswith(".") or path.name == ".ci")
    ]


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Return every Python file we wrote; migrations are written by Django."""
    paths = [*files("*.py"), ROOT / "tequio"]
    return tuple(Module(name_of(path), path.read_text()) for path in paths if "migrations" not in path.parts)


def product() -> list[Module]:
    """Return the product's own Python files, without its tests."""
    return [m for m in modules() if m.place.startswith("src/tequio/") and "tests" not in m.parts]


def templates() -> list[Path]:
    """Return the product's templates."""
    return files("*.html", "src")


def name_of(path: Path) -> str:
    """Return a file's place from the repository's root."""
    return path.relative_to(ROOT).as_posix()


@lru_cache(maxsize=1)
def contracts() -> dict[str, dict[str, list[str]]]:
    """Return the import contracts of pyproject.toml by their id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def dotted(node: ast.expr) -> str:
    """Return an expression of names and dots as it is written; empty for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value)
        return f"{owner}.{node.attr}" if owner else f".{node.attr}"
    return ""
