"""What a client says that it takes: lists of names with a weight each (RFC 9110, 12.4.2), where 0 means not at all."""

from __future__ import annotations

from collections.abc import Sequence

ANY = "*"


def takes_coding(header: str, coding: str) -> bool:
    """Whether Accept-Encoding lets this coding through: by name, else by `*`; a header without either does not."""
    weights = _weights(header)
    return weights.get(coding, weights.get(ANY, 0.0)) > 0


def takes_type(header: str, media_types: Sequence[str]) -> bool:
    """Whether Accept lets one of these media types through; a request that says nothing takes everything."""
    weights = _weights(header)
    return not weights or any(_weight_of_type(weights, each) > 0 for each in media_types)


def _weight_of_type(weights: dict[str, float], media_type: str) -> float:
    """By the most specific range that names it."""
    for named in (media_type, f"{media_type.partition('/')[0]}/*", "*/*", ANY):
        if named in weights:
            return weights[named]
    return 0.0


def _weights(header: str) -> dict[str, float]:
    """Each name in lower case with its weight; one that cannot be read counts as 1, for the name was said."""
    found: dict[str, float] = {}
    for part in header.split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        if name:
            found[name] = next((_number(each[2:]) for each in parameters if each.startswith("q=")), 1.0)
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0
