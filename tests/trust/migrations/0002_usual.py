"""A column with a default of the database's, and a rule that old rows are not asked about at once."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two changes that take a lock for a moment."""

    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.AddField("auditevent", "channel", models.CharField(max_length=20, db_default="page")),
        AddConstraintNotValid("auditevent", models.CheckConstraint(condition=~models.Q(channel=""), name="a_channel_is_named")),
    ]
