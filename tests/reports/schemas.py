"""As much of JSON Schema as the description of the scores uses; anything else in it is an error of its own."""

from datetime import date, datetime

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}
FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}
KNOWN = {
    *("$ref", "anyOf", "type", "enum", "format", "minimum", "maximum", "description"),
    *("properties", "required", "dependentRequired", "additionalProperties", "items", "minItems", "maxItems"),
}


def wrong(value, schema, document, at="$"):
    """(place, reason) of everything in a value that its schema does not allow."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        yield from wrong(value, resolved(schema["$ref"], document), document, at)
        return
    if "anyOf" in schema:
        if all(list(wrong(value, one, document)) for one in schema["anyOf"]):
            yield at, "none of the shapes allowed"
        return
    if "type" in schema and not is_of_type(value, schema["type"]):
        yield at, f"{value!r} is not of type {schema['type']}"
        return
    yield from (
        (at, reason) for reason, is_broken in plain_rules(value, schema) if value is not None and is_broken
    )
    yield from inside(value, schema, document, at)


def resolved(reference, document):
    found = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def is_of_type(value, wanted):
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(isinstance(value, TYPES[name]) and not isinstance(value, bool) for name in names)


def plain_rules(value, schema):
    yield f"{value!r} is not one of {schema.get('enum')}", value not in schema.get("enum", [value])
    if isinstance(value, int | float):
        yield "too small", value < schema.get("minimum", value)
        yield "too large", value > schema.get("maximum", value)
    if isinstance(value, list):
        length = len(value)
        yield "length", not schema.get("minItems", 0) <= length <= schema.get("maxItems", length)
    if isinstance(value, str) and "format" in schema:
        FORMATS[schema["format"]](value)


def inside(value, schema, document, at):
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from wrong(item, schema["items"], document, f"{at}[{number}]")
    if isinstance(value, dict):
        known, rest = schema.get("properties", {}), schema.get("additionalProperties", True)
        yield from ((at, f"{name} is missing") for name in schema.get("required", []) if name not in value)
        for name, others in schema.get("dependentRequired", {}).items():
            lacking = set(others) - set(value) if name in value else ()
            yield from ((at, f"{other} is missing beside {name}") for other in lacking)
        for name, item in value.items():
            if name in known:
                yield from wrong(item, known[name], document, f"{at}.{name}")
            elif rest is False:
                yield at, f"{name} is not described"
            elif isinstance(rest, dict):
                yield from wrong(item, rest, document, f"{at}.{name}")
