import core.together
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('core', '0003_roles_take_two'),
    ]

    operations = [
        core.together.MakeIndex(
            model_name='outboxjob',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['attempts', 'due_at', 'id'], name='jobs_in_their_turn'),
        ),
    ]
