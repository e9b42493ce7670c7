import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FeedState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instance", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("epoch", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("seq", models.BigIntegerField(default=0)),
                ("pruned", models.BigIntegerField(default=0, help_text="Tombstones up to this number are gone.")),
                (
                    "told",
                    models.BigIntegerField(default=0, help_text="How often something was recorded that others name."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("locale", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=12)),
                (
                    "type",
                    models.CharField(help_text="Model label such as toolbox_pages.BestPracticePage.", max_length=100),
                ),
                ("schema", models.PositiveSmallIntegerField(default=1)),
                (
                    "object_id",
                    models.BigIntegerField(help_text="Primary key of the live object; null once withdrawn.", null=True),
                ),
                ("seq", models.BigIntegerField(null=True, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("live", "Live"), ("withdrawn", "Withdrawn"), ("recalled", "Recalled")],
                        default="live",
                        max_length=10,
                    ),
                ),
                ("origin_instance", models.UUIDField()),
                ("origin_key", models.UUIDField()),
                ("source_etag", models.CharField(blank=True, max_length=64)),
                ("document_etag", models.CharField(blank=True, max_length=64)),
                ("modified_at", models.DateTimeField(help_text="When `seq` last moved, UTC.")),
                ("parent_key", models.UUIDField(null=True)),
                ("parent_id", models.BigIntegerField(null=True)),
                ("trail", models.TextField(blank=True, help_text="Keys from the root down to this one: /key/key/.")),
                (
                    "left",
                    models.TextField(
                        blank=True, help_text="Keys that it once stood below and no longer does: /key/key/."
                    ),
                ),
                ("children", models.JSONField(default=list, help_text="Keys of the published children, in order.")),
                (
                    "mentions",
                    models.JSONField(default=list, help_text="Ids of the pages that the document names or links to."),
                ),
                ("path", models.CharField(blank=True, max_length=255)),
                ("depth", models.PositiveSmallIntegerField(default=0)),
                ("url_path", models.TextField(blank=True)),
                ("slug", models.CharField(blank=True, max_length=255)),
                ("title", models.CharField(blank=True, max_length=255)),
                ("show_in_menus", models.BooleanField(default=False)),
                ("first_published_at", models.DateTimeField(null=True)),
                ("last_published_at", models.DateTimeField(null=True)),
                ("city", models.CharField(blank=True, max_length=60)),
                ("evidence", models.CharField(blank=True, max_length=10)),
                (
                    "original",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="publication.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=64)),
                ("number", models.BigIntegerField(db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "name"), name="told_once_per_name")],
            },
        ),
        migrations.CreateModel(
            name="Dirty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("name", models.CharField(blank=True, max_length=64)),
                (
                    "echo",
                    models.BooleanField(
                        default=False, help_text="What it says of others changed, not what they say of it."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                ("parked_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
                "indexes": [
                    models.Index(fields=["parked_at", "id"], name="publication_parked__ceaf41_idx"),
                    models.Index(fields=["kind", "object_id"], name="publication_kind_f42328_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("local_key", models.UUIDField(unique=True)),
                ("instance", models.UUIDField()),
                ("key", models.UUIDField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("instance", "key"), name="one_local_key_per_origin")],
            },
        ),
        migrations.CreateModel(
            name="PublicationBody",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="body",
                        serialize=False,
                        to="publication.publication",
                    ),
                ),
                ("document", models.TextField(blank=True)),
                ("source", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="PublicationRef",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=64)),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refs",
                        to="publication.publication",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["kind", "object_id"], name="publication_kind_694b78_idx"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["key"], name="publication_key_1cd784_idx"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["kind", "state", "locale"], name="publication_kind_2df852_idx"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["kind", "state", "type", "path", "object_id", "locale", "city"],
                name="publication_kind_d316e1_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["path"], name="publication_path_86cc0e_idx"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["parent_id"], name="publication_parent__7781dd_idx"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("original", None)),
                fields=("key", "locale"),
                name="one_publication_per_key_and_locale",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("original__isnull", False)),
                fields=("key", "locale"),
                name="one_alias_per_key_and_locale",
            ),
        ),
        migrations.AddIndex(
            model_name="publicationref",
            index=models.Index(fields=["kind", "name"], name="publication_kind_311cc3_idx"),
        ),
        migrations.AddConstraint(
            model_name="publicationref",
            constraint=models.UniqueConstraint(fields=("publication", "kind", "name"), name="one_ref_per_publication"),
        ),
        migrations.CreateModel(
            name="Journalled",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Recalled",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recalled")),
                ("by", models.CharField(blank=True, max_length=150, verbose_name="by")),
            ],
            options={
                "verbose_name": "recall",
                "verbose_name_plural": "recalls",
            },
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                (
                    "why",
                    models.CharField(
                        choices=[("recalled", "recalled"), ("lowered", "to be known less exactly")],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                ("channel", models.CharField(max_length=20, verbose_name="where")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="who")),
                ("seq", models.BigIntegerField(help_text="The number in the feed that must have been read.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
            ],
            options={
                "verbose_name": "outgoing",
                "verbose_name_plural": "outgoing",
                "indexes": [models.Index(fields=["confirmed_at", "id"], name="publication_confirm_d1c9c6_idx")],
            },
        ),
    ]
