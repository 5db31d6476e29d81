"""The product's own source, read as a tree, for the tests about it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("config", "kpis", "panels", "contracts", "referrals", "core")


def sources(pattern: str = "**/*.py") -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the product (migrations left out), with its syntax tree."""
    for app in APPS:
        for path in sorted((ROOT / app).glob(pattern)):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every function and method in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def name_of(path: Path) -> str:
    """The path as it is written from the project's root."""
    return str(path.relative_to(ROOT))
