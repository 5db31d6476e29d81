"""What is written of a pack: commentary, why it is corrected, and what is added."""

from core.forms import HouseForm, LongTextField, TextField


class CommentaryForm(HouseForm):
    """A few sentences about one part."""

    words = LongTextField(
        label="What should the group know?", max_length=3000, rows=8,
        help_text="What changed, why, and what you ask of the group. No child’s name, and no count of 1 to 5 children.",
        error_messages={"required": "Write what the group should know"},
    )  # fmt: skip


class CorrectForm(HouseForm):
    """Why a pack is corrected."""

    why = LongTextField(
        label="What was wrong, and what is right now?", max_length=600, rows=4,
        help_text="It stands on the cover of the new version. Correct the record first: the new version says what the records say now.",
        error_messages={"required": "Say what was wrong"},
    )  # fmt: skip


class SupplementForm(HouseForm):
    """Something that became known later."""

    title = TextField(label="What is it about?", max_length=120, error_messages={"required": "Say what it is about"})
    words = LongTextField(
        label="What became known?", max_length=6000, rows=8, help_text="No child’s name, and no count of 1 to 5 children.",
        error_messages={"required": "Write what became known"},
    )  # fmt: skip
