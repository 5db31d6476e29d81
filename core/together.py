"""Steps of migrations: many tables made at once, and indexes made while people write."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations.operations.base import Operation

VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"


class CreateTogether(Operation):
    """Its operations against one picture of all the models before them, and one after.

    Django draws every related model anew after each operation, which takes longer than making the
    tables; here it draws them twice. A new model holds its fields, constraints and indexes itself;
    models that were there may be changed, each field once.
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
        """Undo them, the last first; a model that is new here is known only to the later picture."""
        for operation in reversed(self.operations):
            name = getattr(operation, "model_name", None) or operation.name
            older = to_state if (app_label, name.lower()) in to_state.models else from_state
            operation.database_backwards(app_label, schema_editor, from_state, older)

    def describe(self):
        """What `migrate` says of it."""
        return f"Make {len(self.operations)} changes together"


class MakeIndex(AddIndexConcurrently):
    """An index made while people write, in a migration that is not one transaction, and so may be cut short.

    What an earlier try left half-made is dropped and made again; what it finished stays.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Make it, unless it is there and whole."""
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(VALID, [schema_editor.quote_name(self.index.name)])
            found = cursor.fetchone()
        if found == (False,):
            schema_editor.remove_index(to_state.apps.get_model(app_label, self.model_name), self.index, concurrently=True)
        if found != (True,):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
