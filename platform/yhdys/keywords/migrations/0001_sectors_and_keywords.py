from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("name_fi", models.CharField(max_length=200)),
                ("name_sv", models.CharField(blank=True, max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=200)),
                ("code", models.SlugField(primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField(unique=True)),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Keyword",
            fields=[
                ("name_fi", models.CharField(max_length=200)),
                ("name_sv", models.CharField(blank=True, max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=200)),
                ("code", models.SlugField(primary_key=True, serialize=False)),
                ("yso_uri", models.URLField(blank=True)),
            ],
            options={
                "ordering": ["sort_key"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("yso_uri", ""), _negated=True),
                        fields=("yso_uri",),
                        name="one_keyword_per_yso_concept",
                    )
                ],
            },
        ),
    ]
