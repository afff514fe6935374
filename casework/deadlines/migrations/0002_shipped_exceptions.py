"""The acts that come with the portal enter the table as revision 1."""

from django.db import migrations
from django.utils import timezone

from casework.deadlines.shipped import shipped_exceptions


def load(apps, _schema_editor):
    revisions = apps.get_model("deadlines", "CalendarRevision")
    exceptions = apps.get_model("deadlines", "CalendarException")
    now = timezone.now()
    revision = revisions.objects.create(number=1, in_force_at=now)
    exceptions.objects.bulk_create(
        exceptions(
            day=item.day,
            kind=item.kind,
            act_ru=item.act_ru,
            act_kk=item.act_kk,
            shipped=True,
            entered_at=now,
            revision=revision,
        )
        for item in shipped_exceptions()
    )


def unload(apps, _schema_editor):
    apps.get_model("deadlines", "CalendarException").objects.filter(shipped=True).delete()
    apps.get_model("deadlines", "CalendarRevision").objects.filter(number=1).delete()


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
