from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Synonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="A code such as fr; empty: all languages.",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="Separated by commas. For example: safe space, safer space, safe haven",
                        verbose_name="words that mean the same",
                    ),
                ),
            ],
            options={
                "verbose_name": "words that mean the same",
                "verbose_name_plural": "words that mean the same",
                "ordering": ["language", "words"],
            },
        ),
    ]
