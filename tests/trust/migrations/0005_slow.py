"""A change that takes long between two steps, to be killed half-way."""

import time

from django.db import migrations, models


def wait(apps, schema_editor):
    """Half a minute, in which it is killed."""
    time.sleep(30)


class Migration(migrations.Migration):
    """Two columns and a pause between them."""

    dependencies = [("core", "0004_in_the_way")]
    operations = [
        migrations.AddField("outboxjob", "first_half", models.BooleanField(null=True)),
        migrations.RunPython(wait, migrations.RunPython.noop),
        migrations.AddField("outboxjob", "second_half", models.BooleanField(null=True)),
    ]
