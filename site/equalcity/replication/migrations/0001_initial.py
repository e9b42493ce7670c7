import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Peer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("url", models.URLField(unique=True, verbose_name="address")),
                (
                    "key",
                    models.TextField(
                        blank=True,
                        help_text="What the peer gave us to read with; stored encrypted.",
                        verbose_name="key",
                    ),
                ),
                (
                    "instance",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="identity"),
                ),
                ("subtree", models.UUIDField(blank=True, null=True, verbose_name="only below")),
                ("locales", models.JSONField(blank=True, default=list, verbose_name="languages")),
                ("cursor", models.TextField(blank=True, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_attempt_at", models.DateTimeField(editable=False, null=True)),
                ("last_success_at", models.DateTimeField(editable=False, null=True)),
                ("last_error", models.TextField(blank=True, editable=False)),
                (
                    "under",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="put below",
                    ),
                ),
            ],
            options={
                "verbose_name": "peer",
                "verbose_name_plural": "peers",
            },
        ),
        migrations.CreateModel(
            name="Replica",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("origin_instance", models.UUIDField()),
                ("origin_key", models.UUIDField()),
                ("locale", models.CharField(max_length=12)),
                ("type", models.CharField(max_length=100)),
                ("schema", models.PositiveSmallIntegerField(default=1)),
                ("object_id", models.BigIntegerField(null=True)),
                ("local_key", models.UUIDField()),
                ("base", models.TextField(blank=True)),
                ("base_etag", models.CharField(blank=True, max_length=64)),
                (
                    "applied_etag",
                    models.CharField(
                        blank=True,
                        help_text="Etag of the local source right after the last pull.",
                        max_length=64,
                    ),
                ),
                (
                    "unknown",
                    models.JSONField(
                        blank=True, default=dict, help_text="What this version could not place."
                    ),
                ),
                (
                    "proposal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nothing waits"),
                            ("withdraw", "withdrawn upstream"),
                            ("move", "moved upstream"),
                        ],
                        max_length=10,
                    ),
                ),
                ("proposed_parent", models.UUIDField(blank=True, null=True)),
                ("pulled_at", models.DateTimeField(auto_now=True)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replicas",
                        to="replication.peer",
                    ),
                ),
            ],
            options={
                "verbose_name": "replica",
                "verbose_name_plural": "replicas",
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "path",
                    models.CharField(
                        blank=True, help_text="Where in the source; empty: the whole page.", max_length=200
                    ),
                ),
                ("base", models.TextField(blank=True)),
                ("mine", models.TextField(blank=True)),
                ("theirs", models.TextField(blank=True)),
                ("theirs_etag", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "open"),
                            ("mine", "kept mine"),
                            ("theirs", "took theirs"),
                            ("edited", "edited"),
                        ],
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "replica",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to="replication.replica",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict",
                "verbose_name_plural": "conflicts",
            },
        ),
        migrations.CreateModel(
            name="ReplicaMedia",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("pulled_at", models.DateTimeField(auto_now_add=True)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="media",
                        to="replication.peer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("origin_key", models.UUIDField()),
                ("locale", models.CharField(max_length=12)),
                ("item", models.TextField(help_text="The feed item as it came.")),
                ("reason", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refusals",
                        to="replication.peer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("peer", "origin_key", "locale"), name="one_refusal_per_item"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="replica",
            constraint=models.UniqueConstraint(
                fields=("origin_instance", "origin_key", "locale"), name="one_replica_per_origin_and_locale"
            ),
        ),
        migrations.AddConstraint(
            model_name="replicamedia",
            constraint=models.UniqueConstraint(fields=("peer", "sha256"), name="one_media_per_peer"),
        ),
    ]
