"""Sheets of the form count pages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_official_documents")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="pages",
            field=models.PositiveIntegerField(default=1, help_text="sheets of the form count pages (Annex 1)"),
        ),
    ]
