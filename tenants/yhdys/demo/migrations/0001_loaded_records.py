from django.db import migrations, models

import yhdys.core.clock
import yhdys.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LoadedRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yhdys.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=yhdys.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(default=yhdys.core.clock.now, editable=False)),
                ("key", models.CharField(max_length=200, unique=True)),
                ("object_id", models.UUIDField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
    ]
