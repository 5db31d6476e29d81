"""Documents of a child, and a death entered by mistake undone by two people."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.together

TYPES = [
    ("care plan", "Care plan"), ("assessment", "Assessment"), ("review", "Review minutes"), ("pathway", "Pathway plan"),
    ("education", "Education plan"), ("health", "Health plan or report"), ("court", "Court order"), ("letter", "Letter"),
    ("child made", "Something the child wrote or made"), ("other", "Something else"),
]
PERSON = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0002_lists"),
        ("referrals", "0012_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        core.together.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="ChildDocument",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("type", models.CharField(choices=TYPES, max_length=12)),
                        ("title", models.CharField(max_length=200)),
                        ("is_shareable", models.BooleanField(default=False)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="referrals.child")),
                        ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="core.storedfile")),
                    ],
                ),
                migrations.CreateModel(
                    name="UndoneClosing",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("happened_on", models.DateField()),
                        ("closed_at", models.DateTimeField()),
                        ("because", models.CharField(max_length=300)),
                        ("asked_at", models.DateTimeField()),
                        ("agreed_at", models.DateTimeField(default=core.clock.now)),
                        ("agreed_by", models.ForeignKey(**PERSON)),
                        ("asked_by", models.ForeignKey(**PERSON)),
                        ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="undone_closings", to="referrals.child")),
                        ("closed_by", models.ForeignKey(**PERSON)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("asked_by", models.F("agreed_by")), _negated=True), name="two_people_undo_a_closing"
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(model_name="childclosing", name="stopped", field=models.JSONField(blank=True, default=dict)),
        migrations.AddField(model_name="childclosing", name="undo_asked_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            model_name="childclosing", name="undo_asked_by", field=models.ForeignKey(blank=True, null=True, **PERSON)
        ),
        migrations.AddField(model_name="childclosing", name="undo_because", field=models.CharField(blank=True, max_length=300)),
        migrations.AddConstraint(
            model_name="childclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undo_asked_at", None), ("undo_asked_by", None)),
                    models.Q(("undo_asked_at__isnull", False), ("undo_asked_by__isnull", False)),
                    _connector="OR",
                ),
                name="undo_asked_by_and_at_go_together",
            ),
        ),
    ]
