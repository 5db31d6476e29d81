"""Periods that were kept with their last day end on the day after it, as all others do."""

from django.db import migrations

# Imported values ended on a month's last day; every period that is kept as it should be ends on a month's first, or within one.
MEND = """
UPDATE kpis_indicatorvalue SET period_end = period_end + 1
 WHERE source LIKE 'Import %' AND period_end = (date_trunc('month', period_end) + interval '1 month - 1 day')::date
"""


class Migration(migrations.Migration):
    """Moves nothing but the ends of imported periods."""

    dependencies = [("kpis", "0004_children_frozen_with_a_pack")]

    operations = [migrations.RunSQL(MEND, migrations.RunSQL.noop)]
