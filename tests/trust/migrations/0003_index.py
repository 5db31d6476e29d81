"""An index made while people write, and the rule asked of old rows."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    """Long, and in nobody's way."""

    atomic = False
    dependencies = [("core", "0002_usual")]
    operations = [
        AddIndexConcurrently("auditevent", models.Index(fields=["channel", "at"], name="by_channel")),
        ValidateConstraint("auditevent", "a_channel_is_named"),
    ]
