"""Documents of a child, a death entered by mistake undone by two people, and the version of each task of an ending."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
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
        ("referrals", "0013_intake"),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name='ending',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ending',
            name='update_update',
        ),
        migrations.AddField(
            model_name='ending',
            name='saves',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='endingevent',
            name='saves',
            field=models.JSONField(blank=True, default=dict),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ending',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "referrals_endingevent" ("agencies", "carer_agrees", "carer_feedback", "carer_helped", "carer_not_asked", "changed_at", "child_agrees", "child_feedback", "child_helped", "child_not_asked", "exit_due_on", "exit_plan", "finished_at", "finished_by_id", "goal_achieved", "id", "is_unplanned", "lives_next", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_end_was", "relapse_plan", "saves", "stay_id", "supports_next", "unplanned_because", "why", "why_words") VALUES (NEW."agencies", NEW."carer_agrees", NEW."carer_feedback", NEW."carer_helped", NEW."carer_not_asked", NEW."changed_at", NEW."child_agrees", NEW."child_feedback", NEW."child_helped", NEW."child_not_asked", NEW."exit_due_on", NEW."exit_plan", NEW."finished_at", NEW."finished_by_id", NEW."goal_achieved", NEW."id", NEW."is_unplanned", NEW."lives_next", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_end_was", NEW."relapse_plan", NEW."saves", NEW."stay_id", NEW."supports_next", NEW."unplanned_because", NEW."why", NEW."why_words"); RETURN NULL;', hash='d797f30d0834f376d0409725d48c7378cc7dd4c6', operation='INSERT', pgid='pgtrigger_insert_insert_69aec', table='referrals_ending', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ending',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "referrals_endingevent" ("agencies", "carer_agrees", "carer_feedback", "carer_helped", "carer_not_asked", "changed_at", "child_agrees", "child_feedback", "child_helped", "child_not_asked", "exit_due_on", "exit_plan", "finished_at", "finished_by_id", "goal_achieved", "id", "is_unplanned", "lives_next", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_end_was", "relapse_plan", "saves", "stay_id", "supports_next", "unplanned_because", "why", "why_words") VALUES (NEW."agencies", NEW."carer_agrees", NEW."carer_feedback", NEW."carer_helped", NEW."carer_not_asked", NEW."changed_at", NEW."child_agrees", NEW."child_feedback", NEW."child_helped", NEW."child_not_asked", NEW."exit_due_on", NEW."exit_plan", NEW."finished_at", NEW."finished_by_id", NEW."goal_achieved", NEW."id", NEW."is_unplanned", NEW."lives_next", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_end_was", NEW."relapse_plan", NEW."saves", NEW."stay_id", NEW."supports_next", NEW."unplanned_because", NEW."why", NEW."why_words"); RETURN NULL;', hash='8639f6b145038c94a0d347419534eeaa723d82d7', operation='UPDATE', pgid='pgtrigger_update_update_5c3b9', table='referrals_ending', when='AFTER')),
        ),
    ]
