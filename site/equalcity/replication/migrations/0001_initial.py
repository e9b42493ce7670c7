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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "url",
                    models.URLField(help_text="For example https://example.org", unique=True, verbose_name="address"),
                ),
                (
                    "key",
                    models.TextField(
                        blank=True, editable=False, help_text="What the peer gave us to read with; encrypted."
                    ),
                ),
                (
                    "subtree",
                    models.UUIDField(
                        blank=True,
                        help_text="The peer's key of a page; empty: everything it offers.",
                        null=True,
                        verbose_name="only below",
                    ),
                ),
                (
                    "locales",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="A list such as [“en”, “fr”]; empty: all that we have.",
                        verbose_name="languages",
                    ),
                ),
                ("cursor", models.TextField(blank=True, editable=False)),
                (
                    "cursor_scope",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="What the cursor was asked for: when that changes, it starts anew.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_attempt_at", models.DateTimeField(editable=False, null=True, verbose_name="last attempt")),
                ("last_success_at", models.DateTimeField(editable=False, null=True, verbose_name="last success")),
                ("last_error", models.TextField(blank=True, editable=False, verbose_name="last error")),
                (
                    "under",
                    models.ForeignKey(
                        blank=True,
                        help_text="The page of ours that new pages are placed below; empty: the home page of their language.",
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin_instance", models.UUIDField()),
                ("origin_key", models.UUIDField()),
                ("locale", models.CharField(max_length=12, verbose_name="language")),
                ("type", models.CharField(max_length=100, verbose_name="type")),
                ("anchor", models.BooleanField(default=False)),
                ("object_id", models.BigIntegerField(null=True)),
                ("local_key", models.UUIDField()),
                ("peer_key", models.UUIDField(help_text="The key that the peer itself knows it by.")),
                ("parent_key", models.UUIDField(help_text="The peer's key of the page above it.", null=True)),
                (
                    "children",
                    models.JSONField(default=list, help_text="The peer's keys of the pages below it, in order."),
                ),
                ("base", models.TextField(blank=True)),
                ("base_etag", models.CharField(blank=True, max_length=64)),
                ("applied", models.TextField(blank=True)),
                (
                    "unplaced",
                    models.JSONField(blank=True, default=dict, help_text="What could not be put on the page (yet)."),
                ),
                (
                    "proposal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nothing"),
                            ("withdraw", "withdrawn there"),
                            ("recall", "recalled there"),
                            ("left", "moved out of what we follow"),
                            ("move", "moved there"),
                        ],
                        max_length=10,
                        verbose_name="proposal",
                    ),
                ),
                ("proposed_parent", models.UUIDField(blank=True, null=True)),
                ("pulled_at", models.DateTimeField(auto_now=True, verbose_name="pulled")),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replicas",
                        to="replication.peer",
                        verbose_name="peer",
                    ),
                ),
            ],
            options={
                "verbose_name": "pulled page",
                "verbose_name_plural": "pulled pages",
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[("", "open"), ("mine", "kept ours"), ("theirs", "took theirs")],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "replica",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to="replication.replica",
                        verbose_name="page",
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("local_sha256", models.CharField(max_length=64)),
                ("pulled_at", models.DateTimeField(auto_now_add=True)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="media", to="replication.peer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HeldItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("locale", models.CharField(max_length=12, verbose_name="language")),
                ("item", models.TextField(help_text="The feed item as it came.")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("parent", "waits for the page above it"),
                            ("refused", "could not be taken"),
                            ("withdrawal", "a withdrawal to be looked at"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held",
                        to="replication.peer",
                        verbose_name="peer",
                    ),
                ),
            ],
            options={
                "verbose_name": "held item",
                "verbose_name_plural": "held items",
                "constraints": [
                    models.UniqueConstraint(fields=("peer", "key", "locale"), name="one_held_item_per_key_and_locale")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="replica",
            index=models.Index(fields=["peer", "peer_key"], name="replication_peer_id_a67a17_idx"),
        ),
        migrations.AddIndex(
            model_name="replica",
            index=models.Index(fields=["object_id"], name="replication_object__acf81a_idx"),
        ),
        migrations.AddConstraint(
            model_name="replica",
            constraint=models.UniqueConstraint(
                fields=("origin_instance", "origin_key", "locale"), name="one_replica_per_origin_and_locale"
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("choice", "")), fields=("replica", "path"), name="one_open_conflict_per_place"
            ),
        ),
    ]
