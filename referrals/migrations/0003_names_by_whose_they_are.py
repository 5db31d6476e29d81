"""Names in an index that knows whose a child is, and beginnings in one that begins with the authority or the team."""

import core.together
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models

# What a comparison of names costs is said, so that the planner reads an index sooner than many names.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION child_kept_by(bigint, bigint, bigint) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY['a' || $1, 't' || $2, 's' || $3]
$$;
ALTER FUNCTION folded_name(text) COST 100;
"""
GONE = "ALTER FUNCTION folded_name(text) COST 1; DROP FUNCTION child_kept_by(bigint, bigint, bigint);"
KEPT_BY = models.Func(
    "authority", "team", "social_worker", function="child_kept_by", output_field=django.contrib.postgres.fields.ArrayField(models.TextField())
)
NAMES = models.Func("full_name", "preferred_name", "previous_name", function="child_names")
BEGINNINGS = (
    ("authority", "folded_name", "children_by_their_first_name"), ("authority", "family_name", "children_by_their_family"),
    ("team", "folded_name", "teams_children_by_first_name"), ("team", "family_name", "teams_children_by_family"),
)  # fmt: skip
OpClass = django.contrib.postgres.indexes.OpClass


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("core", "0001_initial"),
        ("referrals", "0002_indexes_of_lists"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, GONE),
        core.together.MakeIndex(
            model_name="child",
            index=django.contrib.postgres.indexes.GinIndex(OpClass(KEPT_BY, "array_ops"), OpClass(NAMES, "gin_trgm_ops"), name="children_by_whose_and_name"),
        ),
        *(
            core.together.MakeIndex(model_name="child", index=models.Index(whose, OpClass(models.Func("full_name", function=name), "text_pattern_ops"), name=index))
            for whose, name, index in BEGINNINGS
        ),
        RemoveIndexConcurrently("child", "children_by_part_of_a_name"),
        RemoveIndexConcurrently("child", "children_by_first_letters"),
        RemoveIndexConcurrently("child", "children_by_family_name"),
    ]
