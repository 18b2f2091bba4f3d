"""Small changes of a module: each is one fault that somebody could have written."""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

UNCHANGED = -1
"""The number of the control, which is no mutant."""


class Key(NamedTuple):
    """What names a mutant also after lines have moved."""

    file: str
    function: str
    operator: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: ``before`` and ``after`` are the changed statement on one line.

    Of a compound statement they are its head alone. ``first`` and ``last`` are the
    lines of ``before`` in the file; ``number`` counts the file's mutants from 0, and
    is ``UNCHANGED`` in the control. ``like`` counts those of the same key from 0.
    """

    key: Key
    number: int
    first: int
    last: int
    like: int = 0

    @property
    def name(self) -> str:
        """What names it, and no other, also after the lines around it have changed."""
        text = f"{self.key} {self.like}"
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def rank(self, seed: int) -> bytes:
        """Its place in the shuffled order of a seed; other mutants do not move it."""
        return hashlib.sha256(f"{seed} {self.name}".encode()).digest()


class Change(NamedTuple):
    """What an operator puts in a node's place."""

    operator: str
    node: ast.AST


@dataclass(frozen=True, slots=True)
class Place:
    """A node, where it hangs, and the function and statement that it is part of."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    function: str
    statement: ast.stmt

    def put(self, node: ast.AST) -> None:
        """Let another node hang in this place."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


_BOUNDARIES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
_OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
}
_SKIPPED_FIELDS = {"annotation", "returns", "type_params", "ctx", "bases"}
_GENERIC = {"Literal", "Callable", "Mapping", "Sequence", "Collection", "Iterable"}
"""Types with parameters, as names are given to; nobody looks into them."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _with(node: ast.AST, **changed: object) -> Any:
    """A copy of a node with some fields changed."""
    fields = dict(ast.iter_fields(node)) | changed
    return ast.copy_location(type(node)(**fields), node)


def _without(node: ast.AST, field: str, operator: str) -> Iterator[Change]:
    """Leave out each element of a list of a node in turn."""
    values = getattr(node, field)
    for index in range(len(values)):
        rest = values[:index] + values[index + 1 :]
        yield Change(operator, _with(node, **{field: rest}))


def _compare(node: ast.Compare) -> Iterator[Change]:
    for name, swaps in (("boundary", _BOUNDARIES), ("comparison", _OPPOSITES)):
        for index, operator in enumerate(node.ops):
            swapped = swaps.get(type(operator))
            if swapped is not None:
                ops = [*node.ops[:index], swapped(), *node.ops[index + 1 :]]
                yield Change(name, _with(node, ops=ops))


def _boolean(node: ast.BoolOp) -> Iterator[Change]:
    swapped = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield Change("and/or", _with(node, op=swapped))


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield Change("sign removed", node.operand)


def _arithmetic(node: ast.BinOp | ast.AugAssign) -> Iterator[Change]:
    swapped = _ARITHMETIC.get(type(node.op))
    if swapped is not None:
        yield Change("arithmetic", _with(node, op=swapped()))
    if isinstance(node, ast.AugAssign):
        yield from _deleted(node)


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield Change("constant", _with(node, value=not value))
    elif isinstance(value, int | float):
        yield Change("constant", _with(node, value=value + 1))
    elif isinstance(value, str):
        yield Change("constant", _with(node, value="" if value else "mutant"))


def _branches(node: ast.If | ast.IfExp) -> Iterator[Change]:
    opposite = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
    yield Change("branches swapped", _with(node, test=opposite))


def _return(node: ast.Return) -> Iterator[Change]:
    if node.value is None:
        yield from _deleted(node)
    elif not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield Change("returns nothing", _with(node, value=None))


def _deleted(node: ast.stmt) -> Iterator[Change]:
    yield Change("statement deleted", ast.copy_location(ast.Pass(), node))


def _assigned(node: ast.Assign) -> Iterator[Change]:
    # A name that is never given fails at once; what an object keeps does not.
    if not isinstance(node.targets[0], ast.Name | ast.Tuple):
        yield from _deleted(node)


def _call(node: ast.Call) -> Iterator[Change]:
    yield from _without(node, "keywords", "argument removed")


def _tuple(node: ast.Tuple) -> Iterator[Change]:
    if isinstance(node.ctx, ast.Load):
        yield from _without(node, "elts", "element removed")


def _comprehension(node: ast.comprehension) -> Iterator[Change]:
    yield from _without(node, "ifs", "condition removed")


def _decorated(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Change]:
    yield from _without(node, "decorator_list", "decorator removed")


_OPERATORS: dict[type[ast.AST], Callable[[Any], Iterator[Change]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.BinOp: _arithmetic,
    ast.AugAssign: _arithmetic,
    ast.Constant: _constant,
    ast.If: _branches,
    ast.IfExp: _branches,
    ast.Return: _return,
    ast.Expr: _deleted,
    ast.Raise: _deleted,
    ast.Continue: _deleted,
    ast.Break: _deleted,
    ast.Delete: _deleted,
    ast.Assign: _assigned,
    ast.Call: _call,
    ast.Tuple: _tuple,
    ast.comprehension: _comprehension,
    ast.FunctionDef: _decorated,
    ast.AsyncFunctionDef: _decorated,
}


def _is_skipped(node: ast.AST) -> bool:
    """Whether no reader could notice: docstrings, imports, types, lines of the log."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log")))):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Subscript(value=ast.Name(id=name)):
            return name in _GENERIC
        case _:
            return False


def _is_cast(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="cast")):
            return True
        case _:
            return False


def _children(node: ast.AST) -> Iterator[tuple[str, int | None]]:
    for field, value in ast.iter_fields(node):
        # Whether a dataclass is frozen and slotted is the type checker's business.
        is_class = isinstance(node, ast.ClassDef)
        if field in _SKIPPED_FIELDS or (is_class and field == "decorator_list"):
            continue
        if isinstance(value, ast.AST):
            yield field, None
        elif isinstance(value, list):
            count = len(cast("list[object]", value))
            # The type that a cast names is the type checker's business as well.
            begin = int(field == "args" and _is_cast(node))
            yield from ((field, index) for index in range(begin, count))


def _places(node: ast.AST, function: str, outer: ast.stmt | None) -> Iterator[Place]:
    """Every place below a node in which an operator may put something else."""
    for field, index in _children(node):
        held = getattr(node, field)
        child = held if index is None else held[index]
        if not isinstance(child, ast.AST) or _is_skipped(child):
            continue
        statement = child if isinstance(child, ast.stmt) else outer
        if statement is not None:
            yield Place(node, field, index, child, function, statement)
        inner = function
        if isinstance(child, _FUNCTIONS):
            inner = f"{function}.{child.name}".lstrip(".")
        yield from _places(child, inner, statement)


def _head(statement: ast.stmt) -> str:
    """A statement without what is indented below it, on one line."""
    below = ("body", "orelse", "handlers", "finalbody", "cases")
    emptied: dict[str, list[ast.AST]] = {
        field: [] for field in below if field in statement._fields
    }
    bare = _with(statement, **emptied)
    return " ".join(ast.unparse(bare).split())


def _last_line(statement: ast.stmt) -> int:
    """The last line of a statement's head."""
    body = getattr(statement, "body", None)
    if isinstance(statement, ast.Match):
        return statement.subject.end_lineno or statement.lineno
    if body:
        return max(statement.lineno, body[0].lineno - 1)
    return statement.end_lineno or statement.lineno


def _changes(tree: ast.Module) -> Iterator[tuple[Place, Change]]:
    for place in _places(tree, "", None):
        for change in _OPERATORS.get(type(place.node), lambda _: iter(()))(place.node):
            yield place, change


def mutants_of(file: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module's source text, in the order of the text."""
    seen: Counter[Key] = Counter()
    for number, (place, change) in enumerate(_changes(ast.parse(source))):
        before = _head(place.statement)
        place.put(change.node)
        is_statement = place.node is place.statement
        changed = change.node if is_statement else place.statement
        assert isinstance(changed, ast.stmt)
        after = _head(changed)
        place.put(place.node)
        key = Key(file, place.function, change.operator, before, after)
        statement = place.statement
        last = _last_line(statement)
        yield Mutant(key, number, statement.lineno, last, seen[key])
        seen[key] += 1


def control(file: str) -> Mutant:
    """A module as it is, to see that the tests pass where mutants are tried."""
    return Mutant(Key(file, "", "none", "", ""), UNCHANGED, 0, 0)


def mutated_tree(source: str, number: int) -> ast.Module:
    """The module with its mutant of this number; IndexError if it has not so many."""
    tree = ast.parse(source)
    if number == UNCHANGED:
        return tree
    for counted, (place, change) in enumerate(_changes(tree)):
        if counted == number:
            place.put(change.node)
            return ast.fix_missing_locations(tree)
    raise IndexError(number)
