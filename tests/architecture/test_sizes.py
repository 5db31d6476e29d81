"""Nothing has grown too big to read."""

import ast

from tests.architecture.code import ROOT, functions, name_of, sources


def length(node) -> int:
    return node.end_lineno - node.lineno + 1


def test_no_file_is_over_300_lines():
    big = {
        name_of(path): count
        for path, _ in sources()
        if (count := len(path.read_text().splitlines())) > 300
    }

    assert big == {}


def test_no_function_is_over_40_lines():
    big = {
        f"{name_of(path)}: {function.name}": length(function)
        for path, tree in sources()
        for function in functions(tree)
        if length(function) > 40
    }

    assert big == {}


def test_nine_functions_in_ten_are_at_most_22_lines():
    lengths = sorted(length(f) for _, tree in sources() for f in functions(tree))

    assert lengths[len(lengths) * 9 // 10] <= 22


def test_no_template_is_over_150_lines():
    big = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "templates").rglob("*.html")
        if (count := len(path.read_text().splitlines())) > 150
    }

    assert big == {}


def test_every_module_says_what_it_holds():
    silent = [name_of(path) for path, tree in sources() if not ast.get_docstring(tree)]

    assert silent == []


def test_every_model_says_what_one_row_is():
    silent = [
        f"{name_of(path)}: {node.name}"
        for path, tree in sources("models/*.py")
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not ast.get_docstring(node)
    ]

    assert silent == []
