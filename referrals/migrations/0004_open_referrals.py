"""Those not ended and not withdrawn, by whose they are: what is counted and worked on is among them, and they are few beside all that were."""

import core.together
from django.db import migrations, models

OPEN = models.Q(("status__in", ["ENDED", "WITHDRAWN"]), _negated=True)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("core", "0001_initial"),
        ("referrals", "0003_names_by_whose_they_are"),
    ]

    operations = [
        core.together.MakeIndex(
            model_name="referral",
            index=models.Index(condition=OPEN, fields=[whose, "status", "-status_since", "-id"], name=f"open_of_{whose}"),
        )
        for whose in ("authority", "team", "author")
    ]
