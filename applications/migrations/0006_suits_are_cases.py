"""Suits are cases of their own (appeals): every one that was recorded here has to be recorded there first."""

from django.db import migrations


def none_left(apps, _schema_editor):
    """Nothing is lost: rows of the former table stop the migration."""
    left = apps.get_model("applications", "Suit").objects.count()
    if left:
        raise RuntimeError(f"{left} suits stand in applications_suit: record them under Suits, then delete the rows.")


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_suits")]
    operations = [
        migrations.RunPython(none_left, migrations.RunPython.noop),
        migrations.DeleteModel("Suit"),
    ]
