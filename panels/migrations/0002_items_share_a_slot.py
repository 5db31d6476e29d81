"""Brothers and sisters share a panel's slot, each with an item of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("panels", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="shares_slot_with",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sharers", to="panels.agendaitem"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shares_slot_with", None), models.Q(("shares_slot_with", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="an_item_shares_anothers_slot",
            ),
        ),
    ]
