"""Change the arithmetic one thing at a time and see whether the tests notice.

``python benchmarks/mutants.py --sample 100 --seed 1 [series/chains ...]``; without ``--sample`` all.
Changes that make no difference are listed in ``mutants.csv``, each with its reason.

The tests are collected once, by a process that forks a child for each change. There the changed code
of functions is put in place of what is loaded, and the tests run until one fails, those first that
failed last. What a module makes when it is imported is changed in a child that imports it anew.
"""

import argparse
import ast
import copy
import csv
import gc
import importlib.abc
import importlib.util
import inspect
import os
import random
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "mfgtargets"
ROOMS = ("arithmetic", "methods", "series")
EQUIVALENT = Path(__file__).with_name("mutants.csv")
# The quick tests that decide most come first.
TESTS = """numbers judging edges chains methods worked_numbers kinds holds given_and_judged relative
arithmetic layout published working""".split()
SLOW = "bytes or blocks or large or process"  # and of no method
PATIENCE = 90  # seconds of computing for all tests; they take some twenty
MEMORY = 4 << 30  # bytes

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div,
    ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.Mod: ast.Mult, ast.FloorDiv: ast.Mult,
}  # fmt: skip
_PAIRS = "any all, minimum maximum, fmin fmax, min max, nanmin nanmax, floor ceil, argmin argmax"
NAMES = {a: b for pair in _PAIRS.split(", ") for a, b in (pair.split(), reversed(pair.split()))}
_CACHED = type(cache(len))
_SKIPPED = {"annotation", "returns", "decorator_list"}


class Mutant(NamedTuple):
    """One change: where it is, what stands there, what it does, and to which node by its place."""

    module: str
    number: int
    line: str
    change: str
    place: int
    what: str

    @property
    def tree(self) -> ast.Module:
        """The module as changed."""
        tree = parsed(self.module)
        old = list(sites(tree))[self.place]
        new, _ = changed(copy.copy(old) if isinstance(old, ast.UnaryOp) else old, self.what)
        return ast.fix_missing_locations(_Replacing(old, new).visit(tree))

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by, wherever its line may move."""
        return self.module, self.line, self.change


def sites(node: ast.AST) -> Iterator[ast.AST]:
    """Yield every node that is run, without annotations and texts."""
    yield node
    for name, value in ast.iter_fields(node):
        # All that is zipped is equally long, so that ``strict`` makes no difference.
        skipped = isinstance(node, ast.JoinedStr) or getattr(node, "arg", None) == "strict"
        if name not in _SKIPPED and not skipped:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from [child] if is_none(node, child) else sites(child)


def is_none(parent: ast.AST, child: ast.AST) -> bool:
    """Tell whether a node is the -1 of no place, for which any negative number would do."""
    match parent, child:
        case (
            ast.Call(func=ast.Attribute(attr="full" | "where")),
            ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int())),
        ):
            return True
    return False


def changes(node: ast.AST) -> list[str]:  # noqa: PLR0911 - a line a kind
    """Return what can be changed at a node."""
    match node:
        case ast.Compare(ops=ops):
            return [f"op {n}" for n, op in enumerate(ops) if type(op) in SWAPS]
        case ast.BinOp(op=op, left=left, right=right):
            texts = any(isinstance(s, ast.JoinedStr) or _is_text(s) for s in (left, right))
            return ["op"] if type(op) in SWAPS and not texts else []
        case ast.BoolOp() | ast.AugAssign(op=ast.Add() | ast.Sub() | ast.BitAnd() | ast.BitOr()):
            return ["op"]
        case ast.UnaryOp(op=ast.Invert() | ast.Not() | ast.USub()):
            return ["without"]
        case ast.Call(func=ast.Attribute(attr="where"), args=[_, _, _]):
            return ["branches"]
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in NAMES:
            return ["name"]
        case ast.IfExp():
            return ["branches"]
        case ast.Constant(value=value) if isinstance(value, bool | int | float):
            return ["constant"]
    return []


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def changed(node: Any, what: str) -> tuple[Any, str]:  # noqa: PLR0911 - as above
    """Return a node with one thing changed, and what that is in words."""
    match node, what.split():
        case ast.Compare(ops=ops), ["op", n]:
            now = SWAPS[type(ops[int(n)])]
            said = f"{type(ops[int(n)]).__name__} to {now.__name__}"
            ops[int(n)] = now()
            return node, said
        case _, ["op"]:
            now = SWAPS[type(node.op)]
            said = f"{type(node.op).__name__} to {now.__name__}"
            node.op = now()
            return node, said
        case ast.UnaryOp(), _:
            return node.operand, f"without {type(node.op).__name__}"
        case ast.Call(), ["branches"]:
            node.args[1:] = reversed(node.args[1:])
            return node, "branches"
        case ast.IfExp(), _:
            node.body, node.orelse = node.orelse, node.body
            return node, "branches"
        case ast.Constant(), _:
            now = not node.value if isinstance(node.value, bool) else node.value + 1
            return ast.copy_location(ast.Constant(now), node), f"{node.value} to {now}"
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
    if isinstance(node.func, ast.Attribute):
        node.func.attr = NAMES[name]
    else:
        node.func.id = NAMES[name]
    return node, f"{name} to {NAMES[name]}"


class _Replacing(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else self.generic_visit(node)


def mutants(module: str) -> Iterator[Mutant]:
    """Yield every change of a module, in order of place."""
    lines = (SOURCE / f"{module}.py").read_text(encoding="utf-8").splitlines()
    for place, node in enumerate(sites(parsed(module))):
        for what in changes(node):
            _, said = changed(copy.deepcopy(node), what)
            number, column = node.lineno, node.col_offset  # type: ignore[attr-defined]
            line = lines[number - 1]
            column -= len(line) - len(line.lstrip())
            yield Mutant(module, number, line.strip(), f"{column}: {said}", place, what)


def parsed(module: str) -> ast.Module:
    """Return a module as it stands."""
    return ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module of the package as changed."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = "mfgtargets." + mutant.module.replace("/", ".")
        self.path = str(SOURCE / f"{mutant.module}.py")
        self.tree = mutant.tree

    def find_spec(self, name: str, *_: Any) -> Any:
        if name == self.name:
            return importlib.util.spec_from_file_location(name, self.path, loader=self)  # type: ignore[arg-type]
        return None

    def exec_module(self, module: Any) -> None:
        exec(compile(self.tree, self.path, "exec"), vars(module))  # noqa: S102 - what this is for


def functions(code: CodeType) -> dict[tuple[str, int], CodeType]:
    """Return the code of all functions of a module, by name and first line."""
    found = {}
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_flags & inspect.CO_OPTIMIZED:  # a class body is not
                found[one.co_qualname, one.co_firstlineno] = one
            found |= functions(one)
    return found


def changed_functions(mutant: Mutant) -> dict[tuple[str, int], CodeType]:
    """Return the functions of a changed module; none where what is changed is in no function."""
    path = SOURCE / f"{mutant.module}.py"
    both = parsed(mutant.module), mutant.tree
    plain, now = (functions(compile(tree, str(path), "exec")) for tree in both)
    return {} if plain == now else now


def put_in_place(mutant: Mutant) -> None:
    """Give the functions that are loaded the code of the mutant."""
    now = changed_functions(mutant)
    path = str(SOURCE / f"{mutant.module}.py")
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == path:
            thing.__code__ = now[thing.__code__.co_qualname, thing.__code__.co_firstlineno]
        elif isinstance(thing, _CACHED) and thing.__module__[:3] == "mfg":
            thing.cache_clear()


def in_child(work: Callable[[], bool]) -> bool:
    """Tell whether the tests fail in a quiet child of this process; too slow or large is a failure."""
    child = os.fork()
    if not child:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(null, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        fails = True
        try:
            fails = work()
        finally:
            os._exit(int(fails))
    return os.waitpid(child, 0)[1] != 0


def pytested(tests: Sequence[str], *options: str, plugins: Sequence[Any] = ()) -> bool:
    """Run pytest on the tests and tell whether something failed."""
    import pytest  # noqa: PLC0415 - loaded before

    found = [str(ROOT / "tests" / f"test_{name}.py") for name in tests]
    asked = [
        "-qs",
        "-n0",
        "-pno:cacheprovider",
        f"-knot ({SLOW})",
        f"--rootdir={ROOT}",
        *options,
        *found,
    ]
    return pytest.main(asked, plugins=list(plugins)) != 0


def imported_anew(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Tell whether the tests fail where a module is imported as changed."""
    sys.meta_path.insert(0, _Changed(mutant))
    return pytested(tests, "-x")


class Trying:
    """Tries mutants, instead of running once the tests that pytest has found."""

    def __init__(self, found: Sequence[Mutant]) -> None:
        self.found, self.survived = found, 0

    def pytest_runtestloop(self, session: Any) -> bool:
        """Say of each mutant whether a test fails; the one that does is the first to run next."""
        from hypothesis import Phase, settings  # noqa: PLC0415 - loaded before

        no_search = settings(phases=[Phase.explicit, Phase.generate], database=None, deadline=None)
        settings.register_profile("once", no_search, derandomize=True, max_examples=20)
        settings.load_profile("once")
        session.items.sort(key=lambda item: hasattr(item.obj, "hypothesis"))  # slow ones last
        if in_child(lambda: self.first_failing(session) is not None):
            sys.exit("the tests fail without any change")
        for mutant in self.found:
            reader, writer = os.pipe()

            def tried(mutant: Mutant = mutant, writer: int = writer) -> bool:
                put_in_place(mutant)
                place = self.first_failing(session)
                os.write(writer, b"" if place is None else str(place).encode())
                return place is not None

            killed = in_child(tried)
            os.close(writer)
            place = os.read(reader, 20)
            os.close(reader)
            if place:
                session.items.insert(0, session.items.pop(int(place)))
            self.survived += not killed
            told(mutant, killed)
        return True

    @staticmethod
    def first_failing(session: Any) -> int | None:
        """Return the place of the first test that fails."""
        nexts = [*session.items[1:], None]
        for place, (item, following) in enumerate(zip(session.items, nexts, strict=True)):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return place
        return None


def told(mutant: Mutant, killed: bool) -> None:
    """Say what became of a mutant."""
    said, place = "killed  " if killed else "SURVIVED", f"{mutant.module}:{mutant.number}"
    print(said, place, mutant.change, "|", mutant.line, flush=True)


def main() -> None:
    """Try the mutants asked for and say which survive, with the share that is killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="such as series/chains; none is all")
    parser.add_argument("--sample", type=int, help="so many of them, taken by chance")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tests", nargs="*", default=TESTS, help="such as methods kinds")
    asked = parser.parse_args()
    os.environ |= {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    for name in "numpy polars pyarrow pandas openpyxl pytest pydantic typer rich".split():
        importlib.import_module(name)
    every = [
        str(p.relative_to(SOURCE).with_suffix(""))
        for r in ROOMS
        for p in sorted((SOURCE / r).glob("*.py"))
    ]
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        known = {(row["module"], row["line"], row["change"]) for row in csv.DictReader(file)}
    found = [m for name in asked.modules or every for m in mutants(name) if m.key not in known]
    total = len(found)
    if asked.sample:
        found = random.Random(asked.seed).sample(found, min(asked.sample, total))  # noqa: S311 - no secret
    trying = Trying([m for m in found if changed_functions(m)])
    pytested(asked.tests, plugins=[trying])
    survived = trying.survived
    for mutant in found:
        if not changed_functions(mutant):
            killed = in_child(partial(imported_anew, mutant, asked.tests))
            survived += not killed
            told(mutant, killed)
    killed_share = 100 * (1 - survived / (len(found) or 1))
    print(
        f"{len(found)} of {total} tried (seed {asked.seed}): {killed_share:.1f} % killed, {survived} survive"
    )


if __name__ == "__main__":
    main()
