"""Those who wait, by authority and by what they wait for, with whose referral it is: how many there are is counted in the index alone."""

import core.together
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("core", "0001_initial"),
        ("referrals", "0005_stays_that_ended"),
    ]

    operations = [
        core.together.MakeIndex(
            model_name="referral",
            index=models.Index(condition=models.Q(("status__in", ["WAITING", "OFFERED"])), fields=["authority", "wants", "child"], name="who_waits"),
        ),
    ]
