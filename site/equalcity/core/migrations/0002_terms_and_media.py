"""Terms, pictures and documents."""

import uuid

import django.core.validators
import django.db.models.deletion
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models

import equalcity.core.models.terms
import equalcity.core.outlines


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("file", models.FileField(upload_to="documents", verbose_name="file")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("file_size", models.PositiveBigIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, editable=False, max_length=40)),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True, verbose_name="identity")),
                (
                    "credit",
                    models.CharField(blank=True, help_text="Who made it.", max_length=200, verbose_name="credit"),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        help_text="For example CC BY 4.0. Empty: all rights reserved.",
                        max_length=100,
                        verbose_name="licence",
                    ),
                ),
                (
                    "consent_until",
                    models.DateField(
                        blank=True,
                        help_text="The last day on which it may be shown, where people gave their consent for a time.",
                        null=True,
                        verbose_name="consent until",
                    ),
                ),
                (
                    "may_be_replicated",
                    models.BooleanField(
                        default=True,
                        help_text="Switch off what only this site may show.",
                        verbose_name="partners may copy it",
                    ),
                ),
                (
                    "language",
                    models.CharField(blank=True, help_text="For example fr.", max_length=12, verbose_name="language"),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True, help_text=None, through="taggit.TaggedItem", to="taggit.Tag", verbose_name="tags"
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="CustomImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        upload_to=wagtail.images.models.get_upload_to,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                ("description", models.CharField(blank=True, default="", max_length=255, verbose_name="description")),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="created at")),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True, verbose_name="identity")),
                (
                    "credit",
                    models.CharField(blank=True, help_text="Who made it.", max_length=200, verbose_name="credit"),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        help_text="For example CC BY 4.0. Empty: all rights reserved.",
                        max_length=100,
                        verbose_name="licence",
                    ),
                ),
                (
                    "consent_until",
                    models.DateField(
                        blank=True,
                        help_text="The last day on which it may be shown, where people gave their consent for a time.",
                        null=True,
                        verbose_name="consent until",
                    ),
                ),
                (
                    "may_be_replicated",
                    models.BooleanField(
                        default=True,
                        help_text="Switch off what only this site may show.",
                        verbose_name="partners may copy it",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True, help_text=None, through="taggit.TaggedItem", to="taggit.Tag", verbose_name="tags"
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "image",
                "verbose_name_plural": "images",
                "abstract": False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(help_text="Keyed hash of the account; never what was typed.", max_length=64)),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "verbose_name": "attempt to sign in",
                "verbose_name_plural": "attempts to sign in",
                "indexes": [models.Index(fields=["key", "at"], name="core_signin_key_9c4879_idx")],
            },
        ),
        migrations.CreateModel(
            name="City",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, stable and the same in every language, for example “lgbtqia”. Never change it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("sort_order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "origin",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="The instance that a foreign term came from; empty for this site's own terms.",
                        null=True,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, help_text="Two letters, such as BE.", max_length=2, verbose_name="country"
                    ),
                ),
                ("timezone", models.CharField(default="Europe/Brussels", max_length=64, verbose_name="time zone")),
                (
                    "accent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("brussels", "violet"),
                            ("luxembourg", "teal"),
                            ("rome", "terracotta"),
                            ("gothenburg", "blue"),
                        ],
                        help_text="Marks the city's content everywhere: cards, filters, covers.",
                        max_length=20,
                        verbose_name="colour",
                    ),
                ),
                (
                    "helpline",
                    models.CharField(
                        blank=True,
                        help_text="The city's own line, as one dials it.",
                        max_length=40,
                        verbose_name="help line",
                    ),
                ),
                ("helpline_name", models.CharField(blank=True, max_length=120, verbose_name="name of the help line")),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "city",
                "verbose_name_plural": "cities",
                "ordering": ["sort_order", "name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="ImageText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alt_text", models.CharField(max_length=255, verbose_name="alternative text")),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="core.customimage"
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.locale"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("image", "locale"), name="one_text_per_image_and_locale")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        storage=wagtail.images.models.get_rendition_storage,
                        upload_to=wagtail.images.models.get_rendition_upload_to,
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                ("focal_point_key", models.CharField(blank=True, default="", editable=False, max_length=16)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="renditions", to="core.customimage"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition")
                ],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, stable and the same in every language, for example “lgbtqia”. Never change it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("sort_order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "origin",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="The instance that a foreign term came from; empty for this site's own terms.",
                        null=True,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
                (
                    "engagement",
                    models.CharField(
                        choices=[("professional", "Professional"), ("volunteer", "Volunteer")],
                        default="professional",
                        help_text="For example: a social worker is a professional, a neighbour who helps a volunteer.",
                        max_length=12,
                        verbose_name="professional or volunteer",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["sort_order", "name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="Setting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, stable and the same in every language, for example “lgbtqia”. Never change it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("sort_order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "origin",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="The instance that a foreign term came from; empty for this site's own terms.",
                        null=True,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "setting",
                "verbose_name_plural": "settings",
                "ordering": ["sort_order", "name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="TargetGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, stable and the same in every language, for example “lgbtqia”. Never change it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("sort_order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "origin",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="The instance that a foreign term came from; empty for this site's own terms.",
                        null=True,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "target group",
                "verbose_name_plural": "target groups",
                "ordering": ["sort_order", "name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, stable and the same in every language, for example “lgbtqia”. Never change it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("sort_order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "origin",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="The instance that a foreign term came from; empty for this site's own terms.",
                        null=True,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["sort_order", "name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="CityService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, stable and the same in every language, for example “lgbtqia”. Never change it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("sort_order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "origin",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="The instance that a foreign term came from; empty for this site's own terms.",
                        null=True,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "city service",
                "verbose_name_plural": "city services",
                "ordering": ["sort_order", "name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="District",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, stable and the same in every language, for example “lgbtqia”. Never change it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("sort_order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "origin",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="The instance that a foreign term came from; empty for this site's own terms.",
                        null=True,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        decimal_places=5,
                        help_text="Of the district, never of a place in it. For example 50.85.",
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude of its middle",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        decimal_places=5,
                        help_text="For example 4.35.",
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude of its middle",
                    ),
                ),
                (
                    "outline",
                    models.JSONField(
                        blank=True,
                        help_text="One closed ring as in GeoJSON: [[longitude, latitude], ...], the first point again at the end.",
                        null=True,
                        validators=[equalcity.core.outlines.check_ring],
                        verbose_name="outline",
                    ),
                ),
                (
                    "simplified",
                    models.BooleanField(
                        default=True,
                        help_text="Tick it unless the outline is the official one. The map then says so.",
                        verbose_name="simplified outline",
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.city",
                        verbose_name="city",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "district",
                "verbose_name_plural": "districts",
                "ordering": ["sort_order", "name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="Help",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, stable and the same in every language, for example “lgbtqia”. Never change it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("sort_order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "origin",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="The instance that a foreign term came from; empty for this site's own terms.",
                        null=True,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of help",
                "verbose_name_plural": "kinds of help",
                "ordering": ["sort_order", "name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
    ]
