"""The forms of a page, read as a browser reads them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

PASSED_OVER = {"csrfmiddlewaretoken", "idempotency_key"}


@dataclass
class Form:
    """One form: where it goes and what it would send as it stands."""

    action: str
    method: str
    sends: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)

    @property
    def asked(self) -> list[str]:
        """Names that a person fills in, and hidden ones that a program could."""
        return [name for name in self.kinds if name not in PASSED_OVER]


class FormReader(HTMLParser):
    """Collects forms and their fields, those outside by their `form` attribute too."""

    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.form = self.area = self.select = None

    def handle_starttag(self, tag, attrs):
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(facts)
        form = self.by_id.setdefault(facts["form"], Form("", "post")) if "form" in facts else self.form
        if tag == "option" and self.select is not None:
            self._option(facts, "selected" in facts)
        elif form is not None and facts.get("name"):
            self._field(form, tag, facts)

    def _begin(self, facts):
        """A form, perhaps one that a field before it has named."""
        self.form = Form("", "get")
        if "id" in facts:
            self.form = self.by_id.setdefault(facts["id"], self.form)
        self.form.action, self.form.method = facts.get("action", ""), facts.get("method", "get").lower()
        self.forms.append(self.form)

    def _field(self, form, tag, facts):
        name, kind = facts["name"], facts.get("type", tag if tag != "input" else "text")
        form.kinds.setdefault(name, kind)
        if tag == "select":
            self.select = (form, name)
        elif tag == "textarea":
            self.area = (form, name)
            form.sends.setdefault(name, [""])
        elif kind in {"radio", "checkbox"}:
            form.options.setdefault(name, []).append(facts.get("value", "on"))
            if "checked" in facts:
                form.sends.setdefault(name, []).append(facts.get("value", "on"))
        elif kind not in {"submit", "button", "file"}:
            form.sends.setdefault(name, []).append(facts.get("value", ""))

    def _option(self, facts, chosen):
        form, name = self.select
        form.options.setdefault(name, []).append(facts.get("value", ""))
        if chosen:
            form.sends[name] = [facts.get("value", "")]

    def handle_data(self, data):
        if self.area is not None:
            form, name = self.area
            form.sends[name] = [form.sends[name][0] + data]

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None


def forms_in(page: bytes) -> list[Form]:
    """Every form on a page."""
    reader = FormReader()
    reader.feed(page.decode())
    return reader.forms
