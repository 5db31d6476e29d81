"""The control: a change that keeps everybody from the trail for four seconds."""

from django.db import migrations


class Migration(migrations.Migration):
    """What a table written anew does to those who write."""

    dependencies = [("core", "0003_index")]
    operations = [migrations.RunSQL("LOCK TABLE core_auditevent; SELECT pg_sleep(4)", migrations.RunSQL.noop)]
