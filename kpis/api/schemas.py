"""The shapes of the interface's answers, as JSON Schema; the tests hold every real answer against them."""

DAY = {"type": "string", "format": "date"}
WORDS = {"type": "string"}
NUMBER = {"type": ["number", "null"]}
WHOLE = {"type": ["integer", "null"], "minimum": 0}


def shape(says: str, /, optional: tuple[str, ...] = (), **properties) -> dict:
    """An object with these properties and no others, all of them there."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "description": says, "additionalProperties": False, "required": required, "properties": properties}


def ref(name: str) -> dict:
    """The shape of this name."""
    return {"$ref": f"#/components/schemas/{name}"}


def page_of(name: str) -> dict:
    """A page of a list, and where the next one begins."""
    return shape(
        "One page, in an order that never changes.", items={"type": "array", "items": ref(name)},
        next={"type": ["string", "null"], "description": "Path and query of the next page; null on the last."},
    )  # fmt: skip


SCHEMAS = {
    "Problem": shape(
        "Why a call was not answered (RFC 9457).", type={"const": "about:blank"}, title=WORDS, status={"type": "integer"}, detail=WORDS,
    ),
    "Definition": shape(
        "What an indicator counts, from a day on.", version={"type": "integer", "minimum": 1}, fromDay=DAY, numerator=WORDS, denominator=WORDS,
        unit=WORDS, better={"enum": ["high", "low", None]}, frequency={"enum": ["week", "month", "quarter", "year"]},
        isRolling={"type": "boolean"}, countsChildren={"type": "boolean"}, tolerance={"type": "number"},
        toleranceIsRelative={"type": "boolean"},
    ),
    "Target": shape("What an indicator is to reach by a day.", byDay=DAY, value=NUMBER, asPrinted=WORDS),
    "Indicator": shape(
        "One indicator with every version of its definition.", id=WORDS, name=WORDS, owner={"type": "string", "description": "A role, never a name."},
        source=WORDS, note=WORDS, definitions={"type": "array", "items": ref("Definition")}, targets={"type": "array", "items": ref("Target")},
    ),
    "IndicatorPage": page_of("Indicator"),
    "Interval": shape("How sure a percentage is: Wilson's interval at 95%, in percent.", low={"type": "number"}, high={"type": "number"}),
    "Figure": shape(
        "One value that was validated for release. Where it is suppressed, everything that counts is null, for one of several reasons that are not told apart.",
        indicator=WORDS, name=WORDS, definitionVersion={"type": "integer", "minimum": 1}, reading=WORDS, firstDay=DAY, lastDay=DAY, period=WORDS,
        unit=WORDS, numerator=WHOLE, denominator=WHOLE, value=NUMBER, asPrinted={"type": ["string", "null"]},
        interval={"oneOf": [ref("Interval"), {"type": "null"}]}, target={"oneOf": [ref("Target"), {"type": "null"}]},
        rating={"enum": ["R", "A", "G", None]}, suppressed={"type": "boolean"}, suppressionSign={"enum": ["c", None]},
        source=WORDS, status={"const": "validated"},
    ),
    "FigurePage": page_of("Figure"),
    "Service": shape(
        "One service and its places. Places are not children, and are always shown.", kind={"enum": ["outreach", "hub", "properties"]}, name=WORDS,
        places={"type": "integer", "minimum": 0}, inUse={"type": "integer", "minimum": 0}, outOfUse={"type": "integer", "minimum": 0},
        free={"type": "integer"}, weeklyCost={"type": "number"}, priceIsConfirmed={"type": "boolean"},
        otherReading={"type": ["string", "null"], "description": "Another meaning of the price, where a document leaves it open."},
    ),
    "Capacity": shape(
        "Places on a day, in pounds a week.", day=DAY, services={"type": "array", "items": ref("Service")},
        places={"type": "integer", "minimum": 0}, inUse={"type": "integer", "minimum": 0}, free={"type": "integer"}, weeklyCost={"type": "number"},
        waiting={**WHOLE, "description": "Children who wait for one of these; null where they are 1 to 5."},
        waitingSuppressed={"type": "boolean"},
    ),
}  # fmt: skip
