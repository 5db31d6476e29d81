"""Many tables made in one step of a migration."""

from django.db.migrations.operations.base import Operation


class CreateTogether(Operation):
    """Its operations (new models and their triggers) against one picture of all the models.

    Django draws every related model anew after each new one, which takes longer than making the
    tables; here it draws them once. What needs an older picture, such as AddField, stays outside.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        """How a migration writes it."""
        return self.__class__.__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label, state):
        """Add all the models, and let them be drawn when they are next asked for."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Make them in order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Remove them, the last first, while the models are still known."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, from_state)

    def describe(self):
        """What `migrate` says of it."""
        return f"Make {len(self.operations)} tables and triggers together"
