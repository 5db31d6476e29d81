import core.together
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('core', '0001_initial'),
        ('referrals', '0004_open_referrals'),
    ]

    operations = [
        core.together.MakeIndex(
            model_name='stay',
            index=models.Index(condition=models.Q(('state', 'ended')), fields=['ended_on'], name='stays_that_ended'),
        ),
    ]
