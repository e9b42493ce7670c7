import uuid

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import equalcity.core.models.terms


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_terms_and_media"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BestPracticeIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two short sentences for lists, search results and link previews. For example: “Turn a town hall counter into a place where people can speak about violence.”",
                        max_length=300,
                        verbose_name="summary",
                    ),
                ),
                (
                    "is_example",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it when the content was made up. The page, its PDF and the API then say so.",
                        verbose_name="example written for demonstration",
                    ),
                ),
                (
                    "machine_translated",
                    models.BooleanField(
                        default=False,
                        help_text="Untick it once somebody who speaks this language has checked the text.",
                        verbose_name="machine translation",
                    ),
                ),
                (
                    "introduction",
                    models.TextField(
                        blank=True, help_text="What readers find in this guide.", verbose_name="introduction"
                    ),
                ),
            ],
            options={
                "verbose_name": "guide of best practices",
                "verbose_name_plural": "guides of best practices",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="BestPracticePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two short sentences for lists, search results and link previews. For example: “Turn a town hall counter into a place where people can speak about violence.”",
                        max_length=300,
                        verbose_name="summary",
                    ),
                ),
                (
                    "is_example",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it when the content was made up. The page, its PDF and the API then say so.",
                        verbose_name="example written for demonstration",
                    ),
                ),
                (
                    "machine_translated",
                    models.BooleanField(
                        default=False,
                        help_text="Untick it once somebody who speaks this language has checked the text.",
                        verbose_name="machine translation",
                    ),
                ),
                (
                    "context",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="The situation of the people concerned. For example: who could not speak, where, and why.",
                        verbose_name="why it is needed",
                    ),
                ),
                (
                    "aim",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What is different when it works, in one or two sentences.",
                        verbose_name="aim",
                    ),
                ),
                (
                    "steps",
                    wagtail.fields.StreamField(
                        [("step", 2)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "What to do"}),
                            1: ("equalcity.core.blocks.TextBlock", (), {"label": "How"}),
                            2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                        },
                        help_text="What to do, in order. Start each step with a verb.",
                        verbose_name="steps",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From the decision on.",
                        null=True,
                        verbose_name="months to the first result",
                    ),
                ),
                (
                    "budget_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No extra money"),
                            ("under-5k", "Under €5,000"),
                            ("5k-15k", "€5,000 to €15,000"),
                            ("15k-50k", "€15,000 to €50,000"),
                            ("over-50k", "Over €50,000"),
                        ],
                        max_length=12,
                        verbose_name="budget",
                    ),
                ),
                (
                    "participation",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Who took part in designing, running and judging it.",
                        verbose_name="part of the people concerned",
                    ),
                ),
                (
                    "ethics",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What must never happen, and how you prevent it.",
                        verbose_name="ethics and safety",
                    ),
                ),
                (
                    "results",
                    wagtail.fields.RichTextField(
                        blank=True, help_text="What changed, and how you know.", verbose_name="results"
                    ),
                ),
                (
                    "evidence_level",
                    models.CharField(
                        choices=[
                            ("promising", "Promising practice"),
                            ("good", "Good practice"),
                            ("best", "Best practice"),
                        ],
                        default="promising",
                        max_length=10,
                        verbose_name="evidence",
                    ),
                ),
                (
                    "evidence_method",
                    models.TextField(
                        blank=True,
                        help_text="For example: interviews before and after.",
                        verbose_name="how it was shown",
                    ),
                ),
                (
                    "transferability",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Conditions without which it does not work elsewhere.",
                        verbose_name="what must be true in your city",
                    ),
                ),
                (
                    "pitfalls",
                    wagtail.fields.RichTextField(
                        blank=True, help_text="What went wrong, or nearly did.", verbose_name="pitfalls"
                    ),
                ),
                (
                    "sustainability",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Who pays and who cares when the project ends.",
                        verbose_name="keeping it going",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day somebody last read it for correctness.",
                        null=True,
                        verbose_name="last checked",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("text", 1),
                            ("picture", 4),
                            ("quote", 7),
                            ("notice", 9),
                            ("checklist", 10),
                            ("link", 14),
                            ("download", 17),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("equalcity.core.blocks.HeadingBlock", (), {}),
                            1: ("equalcity.core.blocks.TextBlock", (), {}),
                            2: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
                            3: ("wagtail.blocks.CharBlock", (), {"label": "Caption", "required": False}),
                            4: ("wagtail.blocks.StructBlock", [[("image", 2), ("caption", 3)]], {}),
                            5: ("wagtail.blocks.TextBlock", (), {"label": "Words"}),
                            6: ("wagtail.blocks.CharBlock", (), {"label": "Who said it", "required": False}),
                            7: ("wagtail.blocks.StructBlock", [[("text", 5), ("source", 6)]], {}),
                            8: ("wagtail.blocks.TextBlock", (), {"label": "Text"}),
                            9: ("wagtail.blocks.StructBlock", [[("text", 8)]], {}),
                            10: ("equalcity.core.blocks.ChecklistBlock", (), {}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "Text"}),
                            12: ("wagtail.blocks.PageChooserBlock", (), {"label": "Page", "required": False}),
                            13: ("wagtail.blocks.URLBlock", (), {"label": "Address elsewhere", "required": False}),
                            14: ("wagtail.blocks.StructBlock", [[("text", 11), ("page", 12), ("url", 13)]], {}),
                            15: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                            16: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            17: ("wagtail.blocks.StructBlock", [[("document", 15), ("text", 16)]], {}),
                        },
                        verbose_name="more",
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        help_text="The city whose toolbox it comes from.",
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.city",
                        verbose_name="city",
                    ),
                ),
                (
                    "roles",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        related_name="+",
                        to="core.role",
                        verbose_name="who uses it",
                    ),
                ),
                (
                    "settings",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        related_name="+",
                        to="core.setting",
                        verbose_name="settings",
                    ),
                ),
                (
                    "target_groups",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        related_name="+",
                        to="core.targetgroup",
                        verbose_name="target groups",
                    ),
                ),
                (
                    "themes",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        related_name="+",
                        to="core.theme",
                        verbose_name="themes",
                    ),
                ),
            ],
            options={
                "verbose_name": "best practice",
                "verbose_name_plural": "best practices",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ToolboxPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two short sentences for lists, search results and link previews. For example: “Turn a town hall counter into a place where people can speak about violence.”",
                        max_length=300,
                        verbose_name="summary",
                    ),
                ),
                (
                    "is_example",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it when the content was made up. The page, its PDF and the API then say so.",
                        verbose_name="example written for demonstration",
                    ),
                ),
                (
                    "machine_translated",
                    models.BooleanField(
                        default=False,
                        help_text="Untick it once somebody who speaks this language has checked the text.",
                        verbose_name="machine translation",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        help_text="For example: “For migrant women and girls”.",
                        max_length=160,
                        verbose_name="whom it is for",
                    ),
                ),
                (
                    "partner_line",
                    models.CharField(
                        blank=True,
                        help_text="For example: “With the City of Gothenburg”.",
                        max_length=200,
                        verbose_name="partners",
                    ),
                ),
                (
                    "introduction",
                    models.TextField(
                        blank=True, help_text="The first paragraph, set larger.", verbose_name="introduction"
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("text", 1),
                            ("picture", 4),
                            ("quote", 7),
                            ("notice", 9),
                            ("checklist", 10),
                            ("link", 14),
                            ("download", 17),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("equalcity.core.blocks.HeadingBlock", (), {}),
                            1: ("equalcity.core.blocks.TextBlock", (), {}),
                            2: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
                            3: ("wagtail.blocks.CharBlock", (), {"label": "Caption", "required": False}),
                            4: ("wagtail.blocks.StructBlock", [[("image", 2), ("caption", 3)]], {}),
                            5: ("wagtail.blocks.TextBlock", (), {"label": "Words"}),
                            6: ("wagtail.blocks.CharBlock", (), {"label": "Who said it", "required": False}),
                            7: ("wagtail.blocks.StructBlock", [[("text", 5), ("source", 6)]], {}),
                            8: ("wagtail.blocks.TextBlock", (), {"label": "Text"}),
                            9: ("wagtail.blocks.StructBlock", [[("text", 8)]], {}),
                            10: ("equalcity.core.blocks.ChecklistBlock", (), {}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "Text"}),
                            12: ("wagtail.blocks.PageChooserBlock", (), {"label": "Page", "required": False}),
                            13: ("wagtail.blocks.URLBlock", (), {"label": "Address elsewhere", "required": False}),
                            14: ("wagtail.blocks.StructBlock", [[("text", 11), ("page", 12), ("url", 13)]], {}),
                            15: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                            16: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            17: ("wagtail.blocks.StructBlock", [[("document", 15), ("text", 16)]], {}),
                        },
                        verbose_name="body",
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
            ],
            options={
                "verbose_name": "toolbox",
                "verbose_name_plural": "toolboxes",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Adaptation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("place", models.CharField(max_length=120, verbose_name="where")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("what_changed", models.TextField(verbose_name="what changed")),
                ("why", models.TextField(blank=True, verbose_name="why")),
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adaptations",
                        to="toolbox_pages.bestpracticepage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="ExpertReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "reviewer_role",
                    models.CharField(
                        help_text="A role, never a name. For example “social worker”.",
                        max_length=120,
                        verbose_name="reviewer's role",
                    ),
                ),
                (
                    "relevance",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="relevance",
                    ),
                ),
                (
                    "replicability",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="replicability",
                    ),
                ),
                (
                    "practical_use",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="practical use",
                    ),
                ),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="toolbox_pages.bestpracticepage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="PracticeResource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("budget", "Budget"),
                            ("time", "Time"),
                            ("materials", "Materials"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("to_start", models.CharField(blank=True, max_length=200, verbose_name="to start")),
                ("each_year", models.CharField(blank=True, max_length=200, verbose_name="each year")),
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resources",
                        to="toolbox_pages.bestpracticepage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="RelatedPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_pages",
                        to="toolbox_pages.bestpracticepage",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
    ]
