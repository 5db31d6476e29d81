"""The shape of changing seats, the quorum and the standing agenda in a proposal: lines taken away and added."""

from django import forms

from core.forms import TextField
from panels.models.composition import composition_of
from panels.rules.composition import ADD, CHANGE, KEPT, REMOVE, Part

INVITED, MEMBER, PROVIDER = "invited", "member", "provider"
SEAT_KINDS = [(MEMBER, "A member"), (PROVIDER, "A member, for the provider"), (INVITED, "Invited, not a member")]
LONGEST_ITEM = 240


class PartsFields:
    """What a form needs to change seats, quorum and standing items; mixed into a form that knows its terms."""

    def part_fields(self, terms) -> dict:
        """A control for each line of a version, and those for one new line of each kind."""
        self.lines = composition_of(terms)
        return {**self._seat_fields(), **self._limb_fields(), **self._item_fields()}

    def _seat_fields(self) -> dict:
        """Retire a seat, or add one."""
        found = {
            f"seat_out_{seat.letter}": forms.BooleanField(label=f"Take away seat {seat.letter}, {seat.title}", required=False)
            for seat in self.lines.seats
        }
        limbs = [("", "None"), *((limb.role, limb.role) for limb in self.lines.limbs)]
        return found | {
            "new_seat_letter": TextField(label="Letter of the new seat", max_length=1, required=False),
            "new_seat_title": TextField(label="Title of the new seat", max_length=160, required=False),
            "new_seat_kind": forms.ChoiceField(label="Who holds the new seat is", choices=SEAT_KINDS, required=False),
            "new_seat_limb": forms.ChoiceField(label="Part of the quorum that the new seat may fill", choices=limbs, required=False),
        }

    def _limb_fields(self) -> dict:
        """Take a part of the quorum away, or add one with the seats that may fill it."""
        found = {
            f"limb_out_{n}": forms.BooleanField(label=f"Take away: {limb.role}", required=False)
            for n, limb in enumerate(self.lines.limbs)
        }
        seats = [(seat.letter, f"{seat.letter}. {seat.title}") for seat in self.lines.seats if not seat.is_invitee]
        return found | {
            "new_limb_role": TextField(label="New part of the quorum", max_length=120, required=False),
            "new_limb_needed": forms.IntegerField(label="How many people the new part needs", min_value=1, max_value=20, required=False),
            "new_limb_seats": forms.MultipleChoiceField(
                label="Seats that may fill the new part", choices=seats, required=False, widget=forms.CheckboxSelectMultiple
            ),
        }

    def _item_fields(self) -> dict:
        """Change an item's title or minutes, take it away where it may be, or add one after another."""
        found = {}
        for n, item in enumerate(self.lines.items):
            found[f"item_title_{n}"] = TextField(label=f"Title of item {n + 1}", max_length=120, required=False, initial=item.title)
            found[f"item_minutes_{n}"] = forms.IntegerField(
                label=f"Minutes of item {n + 1}", min_value=1, max_value=LONGEST_ITEM, required=False, initial=item.minutes
            )
            if item.kind not in KEPT:
                found[f"item_out_{n}"] = forms.BooleanField(label=f"Take away item {n + 1}", required=False)
        after = [(item.title, item.title) for item in self.lines.items if item.kind not in KEPT or item.kind == "interests"]
        return found | {
            "new_item_title": TextField(label="Title of the new standing item", max_length=120, required=False),
            "new_item_minutes": forms.IntegerField(
                label="Minutes of the new standing item", min_value=1, max_value=LONGEST_ITEM, required=False, initial=10
            ),
            "new_item_after": forms.ChoiceField(label="It comes after", choices=after, required=False),
        }

    def clean_parts(self, said) -> None:
        """A new line has all of its parts."""
        wants = (
            ("new_seat_letter", "new_seat_title"), ("new_limb_role", "new_limb_needed"), ("new_item_title", "new_item_minutes"),
        )  # fmt: skip
        for first, second in wants:
            missing = [name for name in (first, second) if not said.get(name) and name not in self.errors]
            is_begun = bool(said.get(first)) or (first != "new_item_title" and bool(said.get(second)))
            for name in missing if is_begun else []:
                label = self.fields[name].label
                self.add_error(name, f"Enter: {label[0].lower()}{label[1:]}")

    def parts(self) -> list[Part]:
        """What changes of seats, quorum and standing items, once the form has been judged: taken away first."""
        return [*self._seat_parts(), *self._limb_parts(), *self._item_parts()]

    def _seat_parts(self):
        """Seats taken away, then the new one."""
        said = self.cleaned_data
        yield from (Part("seat", REMOVE, s.letter, {}) for s in self.lines.seats if said.get(f"seat_out_{s.letter}"))
        if said.get("new_seat_letter"):
            kind = said.get("new_seat_kind")
            yield Part("seat", ADD, said["new_seat_letter"].lower(), {
                "title": said["new_seat_title"], "is_invitee": kind == INVITED, "is_provider": kind == PROVIDER,
                "limb": said.get("new_seat_limb") or "",
            })  # fmt: skip

    def _limb_parts(self):
        """Parts of the quorum taken away, then the new one."""
        said = self.cleaned_data
        yield from (Part("limb", REMOVE, limb.role, {}) for n, limb in enumerate(self.lines.limbs) if said.get(f"limb_out_{n}"))
        if said.get("new_limb_role"):
            yield Part("limb", ADD, said["new_limb_role"], {"needed": said["new_limb_needed"], "seats": said["new_limb_seats"]})

    def _item_parts(self):
        """The new standing item, those changed, then those taken away, so that one may come after one that goes."""
        said = self.cleaned_data
        if said.get("new_item_title"):
            facts = {"minutes": said["new_item_minutes"], "after": said.get("new_item_after") or ""}
            yield Part("item", ADD, said["new_item_title"], facts)
        for n, item in enumerate(self.lines.items):
            now = {"title": said.get(f"item_title_{n}") or item.title, "minutes": said.get(f"item_minutes_{n}") or item.minutes}
            if said.get(f"item_out_{n}"):
                yield Part("item", REMOVE, item.title, {})
            elif now != {"title": item.title, "minutes": item.minutes}:
                yield Part("item", CHANGE, item.title, now)

    def part_rows(self) -> list[dict]:
        """The three boxes of the page: a heading, fields for what is there, and fields for what is new."""
        boxes = (("Seats", "seat_", "new_seat_"), ("Quorum", "limb_", "new_limb_"), ("Standing agenda", "item_", "new_item_"))
        rows = []
        for heading, there, new in boxes:
            fields = [self[name] for name in self.fields if name.startswith((there, new))]
            is_open = self.is_bound and any(field.errors or field.name in self.changed_data for field in fields)
            old = [field for field in fields if field.name.startswith(there)]
            rows.append({"heading": heading, "old": old, "new": [f for f in fields if f not in old], "open": is_open})
        return rows
