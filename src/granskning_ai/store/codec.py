"""The nouns to JSON values and back, driven by the dataclasses' own type hints: a new field needs no code here."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Noun = TypeVar("Noun")
Decoder = Callable[[Any], Any]

_AS_IS = frozenset({str, int, float, bool, types.NoneType})


def encode(value: object) -> Any:  # noqa: ANN401 - a JSON value is any of seven types, and nothing here looks inside
    """`value` as JSON: dataclasses as objects, tuples as lists, codes as their strings."""
    # The kinds are asked for by how often they come: a long document has tens of thousands of numbers.
    kind: Any = type(value)
    if kind in _AS_IS:
        return value
    if kind is tuple:
        return [encode(item) for item in cast("tuple[object, ...]", value)]
    if isinstance(value, str):
        return str(value)  # a code, or a library's own sort of string
    names, values, flat = _shape(kind)
    return dict(zip(names, values(value) if flat else map(encode, values(value)), strict=True))


def decode(kind: type[Noun], data: Mapping[str, Any]) -> Noun:
    """The `kind` that `data` describes: fields that are absent get their defaults, other keys are passed over."""
    decoders = _field_decoders(cast("Any", kind))
    return kind(**{name: decoder(data[name]) for name, decoder in decoders if name in data})


@cache
def decoder(hint: Any) -> Decoder:  # noqa: ANN401 - a type hint has no type of its own
    """The function that turns JSON into a value of type `hint`."""
    if hint in _AS_IS:
        return _as_is
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if is_dataclass(hint) and isinstance(hint, type):
        return lambda data: decode(hint, data)
    arguments = get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        inner = decoder(next(argument for argument in arguments if argument is not types.NoneType))
        return _as_is if inner is _as_is else lambda value: None if value is None else inner(value)
    if get_origin(hint) is tuple and arguments[-1] is Ellipsis:
        each = decoder(arguments[0])
        return lambda values: tuple([each(value) for value in values])
    if get_origin(hint) is tuple:
        decoders = [decoder(argument) for argument in arguments]
        return lambda values: tuple([each(value) for each, value in zip(decoders, values, strict=True)])
    raise TypeError(f"The store cannot keep a field of type {hint!r}.")


@cache
def _shape(kind: type) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]], bool]:
    """The fields' names, what gets their values at one stroke, and whether all of them are JSON as they stand."""
    names = tuple(field.name for field in fields(kind))
    getter = attrgetter(*names)
    flat = all(each is _as_is for _, each in _field_decoders(kind))
    return names, getter if len(names) > 1 else (lambda value: (getter(value),)), flat


@cache
def _field_decoders(kind: type) -> tuple[tuple[str, Decoder], ...]:
    hints = get_type_hints(kind)
    return tuple((name, decoder(hints[name])) for name in (field.name for field in fields(kind)))


def _as_is(value: Any) -> Any:  # noqa: ANN401
    return value
