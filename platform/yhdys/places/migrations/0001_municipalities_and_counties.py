import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="WellbeingServicesCounty",
            fields=[
                ("name_fi", models.CharField(max_length=200)),
                ("name_sv", models.CharField(blank=True, max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=200)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
                ("short_name_fi", models.CharField(max_length=100)),
                ("short_name_sv", models.CharField(max_length=100)),
            ],
            options={
                "ordering": ["sort_key"],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("name_fi", models.CharField(max_length=200)),
                ("name_sv", models.CharField(blank=True, max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=200)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False)),
                ("region_code", models.CharField(db_index=True, max_length=2)),
                (
                    "language_status",
                    models.CharField(
                        choices=[
                            ("finnish", "Finnish-speaking"),
                            ("bilingual", "bilingual"),
                            ("swedish", "Swedish-speaking"),
                        ],
                        default="finnish",
                        max_length=10,
                    ),
                ),
                (
                    "sami_homeland",
                    models.CharField(
                        choices=[
                            ("none", "outside the Sámi homeland"),
                            ("part", "partly in the Sámi homeland"),
                            ("whole", "in the Sámi homeland"),
                        ],
                        default="none",
                        max_length=5,
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="places.municipality",
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="municipalities",
                        to="places.wellbeingservicescounty",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("successor", None), ("valid_to__isnull", False), _connector="OR"),
                        name="municipality_with_successor_has_ended",
                    )
                ],
            },
        ),
    ]
