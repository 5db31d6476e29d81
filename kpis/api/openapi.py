"""The interface described for machines, by OpenAPI 3.1: every address, what it asks for and everything it may answer."""

from kpis.api.schemas import SCHEMAS, ref
from kpis.rules.api_clients import CALLS_A_MINUTE, SCOPES

VERSION = "1.0.0"
JSON, PROBLEM = "application/json", "application/problem+json"
LIMIT, MOST = 100, 500
PROBLEMS = {
    "400": "A parameter is not known, or its value cannot be read.",
    "401": "No token, or one that is not known, not agreed to yet, revoked or past its end.",
    "403": "The client may not read this.",
    "404": "There is nothing here for this client; the same for what does not exist and for what is another authority’s.",
    "405": "Only GET and HEAD are answered.",
    "429": "Too many calls in this minute.",
}  # fmt: skip


def _parameter(name: str, says: str, schema: dict, where: str = "query") -> dict:
    return {"name": name, "in": where, "required": where == "path", "description": says, "schema": schema}


AFTER = _parameter("after", "Where the page begins, as the page before gave it in “next”.", {"type": "string", "maxLength": 400})
PER_PAGE = _parameter("limit", "How many at most.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT})
SLUG = _parameter("indicator", "One indicator, by its id.", {"type": "string", "maxLength": 80})
DAY = {"type": "string", "format": "date"}


def _answers(name: str, *, is_found: bool) -> dict:
    """The answer, the same again, and every problem."""
    unchanged = {"description": "Nothing has changed since the answer whose ETag was sent in If-None-Match."}
    left_out = set() if is_found else {"404"}
    return {
        "200": {
            "description": "The answer.", "content": {JSON: {"schema": ref(name)}},
            "headers": {"ETag": {"description": "What it is the same by.", "schema": {"type": "string"}}},
        },
        "304": unchanged,
        **{
            status: {"description": says, "content": {PROBLEM: {"schema": ref("Problem")}}}
            for status, says in PROBLEMS.items() if status not in left_out
        },
    }  # fmt: skip


def _get(name: str, says: str, scope: str, *parameters, shape: str) -> dict:
    """One address that is read."""
    is_found = any(parameter["in"] == "path" for parameter in parameters)
    return {
        "get": {
            "operationId": name, "summary": says, "description": f"Scope: {scope}.", "parameters": list(parameters),
            "responses": _answers(shape, is_found=is_found), "security": [{"token": []}],
        }
    }  # fmt: skip


PATHS = {
    "/api/v1/indicators": _get("listIndicators", "Indicators and what they mean.", "definitions", AFTER, PER_PAGE, shape="IndicatorPage"),
    "/api/v1/indicators/{indicator}": _get(
        "readIndicator", "One indicator.", "definitions", {**SLUG, "in": "path", "required": True}, shape="Indicator"
    ),
    "/api/v1/figures": _get(
        "listFigures", "Figures validated for release. What is hidden is the same however they are narrowed.", "figures", SLUG,
        _parameter("from", "Periods that begin on this day or later.", DAY), _parameter("until", "Periods that end on this day or earlier.", DAY),
        AFTER, PER_PAGE, shape="FigurePage",
    ),
    "/api/v1/capacity": _get("readCapacity", "Places now.", "capacity", shape="Capacity"),
}  # fmt: skip


def openapi(server: str) -> dict:
    """The whole description, for the service at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Throughline", "version": VERSION,
            "description": (
                "Figures, what they mean, and places, for a council’s own reports. It is only read. It holds no record of a child, "
                f"and counts of 1 to 5 children are hidden. At most {CALLS_A_MINUTE} calls a minute. Scopes: "
                + "; ".join(f"{scope} ({words[0].lower()}{words[1:]})" for scope, words in SCOPES.items()) + "."
            ),
        },
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": PATHS,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "A token that the service’s administrator made."}},
        },
    }  # fmt: skip
