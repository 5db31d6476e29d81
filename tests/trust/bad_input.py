"""What people, programs and attackers type: hostile, unusual and merely wrong."""

HOSTILE = [
    "", " ", "\t\r\n", "\x00", "a\x00b", "\ud800", "\u202eright to left", "\u200b\u200d\ufeff", "💙🧒🏽👨‍👩‍👧", "e\u0301\u0327" * 40,
    "O’Brien-D'Souza", "שלום", "مرحبا بالعالم", "李小龍", "Ngũgĩ wa Thiong'o", "null", "None", "undefined", "NaN", "true",
    "'; DROP TABLE children; --", "\" OR 1=1 --", "%s%n%d", "{{ 7*7 }}", "{% load static %}", "${7*7}", "../../etc/passwd",
    "C:\\CON", "=HYPERLINK(\"x\")", "@SUM(1+1)", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "]]>",
    "javascript:alert(1)", "//elsewhere.example", "http://[::1", "a" * 301, "é" * 4_000, "x" * 120_000, "\n" * 500,
]  # fmt: skip
NUMBERS = [
    "0", "-1", "1e309", "9" * 40, "-" + "9" * 25, "2147483648", "9223372036854775808", "1.5", "1,5", "٣", "½", "0x10", "1_000",
    "+12", "Infinity", "£12", "12 weeks", "00012",
]  # fmt: skip
DAYS = [
    "31 2 2026", "29/2/2027", "0 0 0", "1 1 1", "1 1 0001", "31 12 9999", "1 1 99999", "2026-13-01", "yesterday", "12/11/26",
    "3 December", "2026-11-24T25:99", "-1 -1 -1", "1 1 1066",
]  # fmt: skip
ALL = [*HOSTILE, *NUMBERS, *DAYS]
# Names and values that are right, though a careless check refuses them.
UNUSUAL = ["X Æ A-12", "Mary-Jane O'Neill", "Nguyễn Thị Ánh", "J", "von der Leyen", "محمد", "李"]


def values(start: int, many: int) -> list[str]:
    """`many` of them from a place in the round, so that fields in turn meet them all."""
    return [ALL[(start + n * 7) % len(ALL)] for n in range(many)]
