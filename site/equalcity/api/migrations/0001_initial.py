from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="whose it is")),
                ("prefix", models.CharField(editable=False, max_length=8, unique=True, verbose_name="prefix")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "Everything that is public"),
                            ("feed", "Following the changes: feed, terms and files"),
                        ],
                        default="all",
                        max_length=8,
                        verbose_name="scope",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="expires")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                (
                    "followed_seq",
                    models.BigIntegerField(
                        default=0,
                        editable=False,
                        help_text="The highest cursor in the feed that it brought: all before was read.",
                    ),
                ),
                ("followed_at", models.DateTimeField(editable=False, null=True, verbose_name="last followed")),
            ],
            options={
                "verbose_name": "API key",
                "verbose_name_plural": "API keys",
            },
        ),
    ]
