import core.together
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('referrals', '0002_indexes_of_lists'),
    ]

    operations = [
        core.together.MakeIndex(
            model_name='stay',
            index=models.Index(condition=models.Q(('state', 'ended')), fields=['ended_on'], name='stays_that_ended'),
        ),
    ]
