import uuid

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import equalcity.core.models.terms
import toolbox_pages.research_blocks


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_hidden_pages"),
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
                    "other_words",
                    models.TextField(
                        blank=True,
                        help_text="How people put it who do not know our terms: one phrase or short question per line. Search finds the page by it, and readers see it at the foot of the page: never the name of a person, never an address. For example: “my husband reads my messages”",
                        max_length=1000,
                        verbose_name="in other words",
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
            name="ChapterPage",
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
                    "other_words",
                    models.TextField(
                        blank=True,
                        help_text="How people put it who do not know our terms: one phrase or short question per line. Search finds the page by it, and readers see it at the foot of the page: never the name of a person, never an address. For example: “my husband reads my messages”",
                        max_length=1000,
                        verbose_name="in other words",
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
                            ("do_dont", 21),
                            ("example", 26),
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
                            18: ("wagtail.blocks.CharBlock", (), {"label": "Line"}),
                            19: (
                                "wagtail.blocks.ListBlock",
                                (18,),
                                {
                                    "help_text": "One line each. For example: “Say who will read your notes.”",
                                    "label": "Do",
                                },
                            ),
                            20: (
                                "wagtail.blocks.ListBlock",
                                (18,),
                                {
                                    "help_text": "One line each. For example: “Ask why somebody did not come earlier.”",
                                    "label": "Don’t",
                                },
                            ),
                            21: ("wagtail.blocks.StructBlock", [[("do", 19), ("dont", 20)]], {}),
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: “A queue with long ears”.", "label": "Title"},
                            ),
                            23: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "Roles, never names. No real person.", "label": "The situation"},
                            ),
                            24: ("wagtail.blocks.TextBlock", (), {"label": "What was done"}),
                            25: ("wagtail.blocks.TextBlock", (), {"label": "What we learn"}),
                            26: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 22), ("situation", 23), ("done", 24), ("learned", 25)]],
                                {},
                            ),
                        },
                        help_text="Each heading begins a section. Sections are numbered by themselves: type no number.",
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "chapter",
                "verbose_name_plural": "chapters",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="ResearchIndexPage",
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
                    "other_words",
                    models.TextField(
                        blank=True,
                        help_text="How people put it who do not know our terms: one phrase or short question per line. Search finds the page by it, and readers see it at the foot of the page: never the name of a person, never an address. For example: “my husband reads my messages”",
                        max_length=1000,
                        verbose_name="in other words",
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
                        blank=True,
                        help_text="What was studied, and where to start reading.",
                        verbose_name="introduction",
                    ),
                ),
            ],
            options={
                "verbose_name": "research overview",
                "verbose_name_plural": "research overviews",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="TrainingModulePage",
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
                    "other_words",
                    models.TextField(
                        blank=True,
                        help_text="How people put it who do not know our terms: one phrase or short question per line. Search finds the page by it, and readers see it at the foot of the page: never the name of a person, never an address. For example: “my husband reads my messages”",
                        max_length=1000,
                        verbose_name="in other words",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("core", "Main module"),
                            ("mindfulness", "Mindfulness"),
                            ("trust", "Trust in society"),
                            ("optional", "Optional module"),
                        ],
                        default="core",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "objectives",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What participants can do afterwards. Start each line with a verb.",
                        verbose_name="objectives",
                    ),
                ),
                (
                    "planned_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="What you promised, breaks included. For example 180 for three hours. If the sessions add up to something else, you are told; nothing is lost.",
                        null=True,
                        verbose_name="minutes in your agenda",
                    ),
                ),
            ],
            options={
                "verbose_name": "training module",
                "verbose_name_plural": "training modules",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page", models.Model),
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
                    "other_words",
                    models.TextField(
                        blank=True,
                        help_text="How people put it who do not know our terms: one phrase or short question per line. Search finds the page by it, and readers see it at the foot of the page: never the name of a person, never an address. For example: “my husband reads my messages”",
                        max_length=1000,
                        verbose_name="in other words",
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
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CC0-1.0", "CC0 1.0 (no rights reserved)"),
                            ("CC-BY-4.0", "CC BY 4.0 (name the source)"),
                            ("CC-BY-SA-4.0", "CC BY-SA 4.0 (name the source, share alike)"),
                            ("CC-BY-NC-4.0", "CC BY-NC 4.0 (name the source, not for sale)"),
                            ("CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0 (name the source, not for sale, share alike)"),
                        ],
                        help_text="What others may do with the text. Empty: all rights reserved.",
                        max_length=20,
                        verbose_name="licence",
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
                    "services",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="The services of a city that use or host it. For example: the civil registry.",
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        related_name="+",
                        to="core.cityservice",
                        verbose_name="city services",
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
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="ManualPage",
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
                    "other_words",
                    models.TextField(
                        blank=True,
                        help_text="How people put it who do not know our terms: one phrase or short question per line. Search finds the page by it, and readers see it at the foot of the page: never the name of a person, never an address. For example: “my husband reads my messages”",
                        max_length=1000,
                        verbose_name="in other words",
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
                        help_text="For example: “For the team of a public service”.",
                        max_length=160,
                        verbose_name="whom it is for",
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
                        help_text="What to know before the first chapter.",
                        verbose_name="body",
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
            ],
            options={
                "verbose_name": "manual",
                "verbose_name_plural": "manuals",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="ResearchPage",
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
                    "other_words",
                    models.TextField(
                        blank=True,
                        help_text="How people put it who do not know our terms: one phrase or short question per line. Search finds the page by it, and readers see it at the foot of the page: never the name of a person, never an address. For example: “my husband reads my messages”",
                        max_length=1000,
                        verbose_name="in other words",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("needs-mapping", "Mapping of needs and gaps"),
                            ("interviews", "Interviews"),
                            ("focus-groups", "Focus groups"),
                            ("survey", "Survey"),
                            ("desk-and-field", "Desk and field research"),
                        ],
                        default="interviews",
                        max_length=20,
                        verbose_name="kind of research",
                    ),
                ),
                (
                    "started_on",
                    models.DateField(
                        blank=True,
                        help_text="Readers see month and year. For example 2020-03-01.",
                        null=True,
                        verbose_name="from",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="For example: “Three reception centres”. No address.",
                        max_length=200,
                        verbose_name="place",
                    ),
                ),
                (
                    "method",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="How you asked, how long it took, and how you worked with the answers.",
                        verbose_name="method",
                    ),
                ),
                (
                    "participants",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How many were counted. Empty when nobody counted.",
                        null=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "participants_counted",
                    models.CharField(
                        blank=True,
                        help_text="For example: “women interviewed”.",
                        max_length=160,
                        verbose_name="what was counted",
                    ),
                ),
                (
                    "who_took_part",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Roles and groups, never names. Also who was missing.",
                        verbose_name="who took part",
                    ),
                ),
                (
                    "ethics",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="How people consented, and what you did when somebody was in danger.",
                        verbose_name="ethics and safety",
                    ),
                ),
                (
                    "findings",
                    wagtail.fields.StreamField(
                        [("finding", 6)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "One sentence. For example: “Nobody explains the rules twice.”",
                                    "label": "Finding",
                                },
                            ),
                            1: ("equalcity.core.blocks.TextBlock", (), {"label": "Explanation", "required": False}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("single", "One voice"),
                                        ("several", "Several voices"),
                                        ("strong", "Most voices"),
                                    ],
                                    "label": "How many said it",
                                    "required": False,
                                },
                            ),
                            3: (
                                "toolbox_pages.research_blocks.NumberBlock",
                                (),
                                {"label": "Number of people who said it"},
                            ),
                            4: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": toolbox_pages.research_blocks.group_choices, "label": "Target group"},
                            ),
                            5: ("wagtail.blocks.ListBlock", (4,), {"default": [], "label": "Whom it concerns"}),
                            6: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 0), ("text", 1), ("strength", 2), ("said_by", 3), ("concerns", 5)]],
                                {},
                            ),
                        },
                        verbose_name="findings",
                    ),
                ),
                (
                    "needs",
                    wagtail.fields.StreamField(
                        [("need", 4)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: “A bed for the night with children”.", "label": "Need"},
                            ),
                            1: (
                                "toolbox_pages.research_blocks.NumberBlock",
                                (),
                                {"label": "Number of people who named it"},
                            ),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("none", "No service found"),
                                        ("conditions", "Only under conditions"),
                                        ("works", "Service found"),
                                    ],
                                    "label": "What there is",
                                },
                            ),
                            3: ("wagtail.blocks.TextBlock", (), {"label": "Remark", "required": False}),
                            4: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 0), ("named_by", 1), ("found", 2), ("text", 3)]],
                                {},
                            ),
                        },
                        help_text="One row for each need. Needs without a service are shown as gaps.",
                        verbose_name="needs and gaps",
                    ),
                ),
                (
                    "recommendations",
                    wagtail.fields.StreamField(
                        [("recommendation", 3)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "What to do"}),
                            1: ("equalcity.core.blocks.TextBlock", (), {"label": "How", "required": False}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "A role or service, never a person's name.",
                                    "label": "Who could do it",
                                    "required": False,
                                },
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1), ("addressee", 2)]], {}),
                        },
                        verbose_name="recommendations",
                    ),
                ),
                (
                    "instruments",
                    wagtail.fields.StreamField(
                        [("questions", 4), ("document", 7)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "Title"}),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "How to use it", "required": False}),
                            2: ("wagtail.blocks.CharBlock", (), {"label": "Question"}),
                            3: ("wagtail.blocks.ListBlock", (2,), {"label": "Questions"}),
                            4: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 0), ("introduction", 1), ("questions", 3)]],
                                {},
                            ),
                            5: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                            6: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            7: ("wagtail.blocks.StructBlock", [[("document", 5), ("text", 6)]], {}),
                        },
                        help_text="The questions that you asked, so that others can ask them too.",
                        verbose_name="instruments",
                    ),
                ),
                (
                    "limits",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What it cannot tell, and who was not asked.",
                        verbose_name="limits of the study",
                    ),
                ),
                (
                    "services",
                    wagtail.fields.StreamField(
                        [("service", 7)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: “Shelter for women and children”.",
                                    "label": "Kind of service",
                                },
                            ),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "What it offers"}),
                            2: ("wagtail.blocks.CharBlock", (), {"label": "For whom", "required": False}),
                            3: ("wagtail.blocks.CharBlock", (), {"label": "Languages", "required": False}),
                            4: ("wagtail.blocks.TextBlock", (), {"label": "How to reach it", "required": False}),
                            5: (
                                "wagtail.blocks.RegexBlock",
                                (),
                                {
                                    "help_text": "A public number only, for example 116 016.",
                                    "label": "Telephone",
                                    "regex": "^\\+?[0-9 ]{3,20}$",
                                    "required": False,
                                },
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Readers then see that it does not exist.",
                                    "label": "Invented for demonstration",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("name", 0),
                                        ("offers", 1),
                                        ("audience", 2),
                                        ("languages", 3),
                                        ("reach", 4),
                                        ("number", 5),
                                        ("invented", 6),
                                    ]
                                ],
                                {},
                            ),
                        },
                        verbose_name="annex of services",
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
                        help_text="The city whose toolbox it belongs to.",
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.city",
                        verbose_name="city",
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
                "verbose_name": "research",
                "verbose_name_plural": "research",
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
                    "other_words",
                    models.TextField(
                        blank=True,
                        help_text="How people put it who do not know our terms: one phrase or short question per line. Search finds the page by it, and readers see it at the foot of the page: never the name of a person, never an address. For example: “my husband reads my messages”",
                        max_length=1000,
                        verbose_name="in other words",
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
            name="TrainingProgrammePage",
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
                    "other_words",
                    models.TextField(
                        blank=True,
                        help_text="How people put it who do not know our terms: one phrase or short question per line. Search finds the page by it, and readers see it at the foot of the page: never the name of a person, never an address. For example: “my husband reads my messages”",
                        max_length=1000,
                        verbose_name="in other words",
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
                    models.TextField(
                        help_text="For example: “Social workers and community educators who live and work with the children.”",
                        verbose_name="who takes part",
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        blank=True, help_text="For example “5 modules, 2021”.", max_length=80, verbose_name="version"
                    ),
                ),
                (
                    "series",
                    models.SlugField(
                        blank=True,
                        help_text="The same word on every version of one programme, for example “talking-with-parents”. Each version then shows the others of its toolbox.",
                        max_length=60,
                        verbose_name="series",
                    ),
                ),
                (
                    "objectives",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What participants can do afterwards. Start each line with a verb.",
                        verbose_name="objectives",
                    ),
                ),
                (
                    "prerequisites",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What must be there before the first day. For example: a person to turn to after each session.",
                        verbose_name="prerequisites",
                    ),
                ),
                (
                    "group_from",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="For example 8.", null=True, verbose_name="smallest group"
                    ),
                ),
                (
                    "group_to",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="For example 14.", null=True, verbose_name="largest group"
                    ),
                ),
                (
                    "planned_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="What you promised, breaks included. For example 180 for three hours. If the sessions add up to something else, you are told; nothing is lost.",
                        null=True,
                        verbose_name="minutes in your agenda",
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
                        verbose_name="roles of the participants",
                    ),
                ),
                (
                    "target_groups",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="The people whom the participants support, or the participants themselves.",
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
                "verbose_name": "training programme",
                "verbose_name_plural": "training programmes",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Adaptation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="The place in words. For example: “a library in Example City A”.",
                        max_length=120,
                        verbose_name="where",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("what_changed", models.TextField(verbose_name="what changed")),
                ("why", models.TextField(blank=True, verbose_name="why")),
                (
                    "adapted_page",
                    models.ForeignKey(
                        blank=True,
                        help_text="If it has a page here, both pages link to each other.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="the practice made from it",
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        help_text="The city that took it over, if it is in the list.",
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        null=True,
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
            name="GlossaryEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("word", models.CharField(help_text="For example: “disclosure”.", max_length=80, verbose_name="word")),
                ("definition", models.TextField(help_text="One or two short sentences.", verbose_name="definition")),
                (
                    "also_known_as",
                    models.CharField(
                        blank=True,
                        help_text="Other forms and words, with commas between them. For example: “disclosures, to disclose”.",
                        max_length=300,
                        verbose_name="also written",
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="glossary",
                        to="toolbox_pages.manualpage",
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
            name="PracticeAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "title",
                    models.CharField(
                        help_text="What readers get. For example: “The card for the counter, to print”.",
                        max_length=160,
                        verbose_name="title",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="core.customdocument",
                        verbose_name="document",
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
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
        migrations.CreateModel(
            name="ResearchRelatedPage",
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
                        to="toolbox_pages.researchpage",
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
        migrations.CreateModel(
            name="TrainingHandout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="One line each. It is printed with the pack.",
                        verbose_name="what is on it",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        help_text="A file for the language of this page, if there is one.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.customdocument",
                        verbose_name="file",
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handouts",
                        to="toolbox_pages.trainingmodulepage",
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
            name="PictureCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "alt_text",
                    models.CharField(
                        blank=True,
                        help_text="For who cannot see it. For example: “A door that stands half open.”",
                        max_length=250,
                        verbose_name="what the drawing shows",
                    ),
                ),
                (
                    "talking_points",
                    models.TextField(blank=True, help_text="One question a line.", verbose_name="talking points"),
                ),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        help_text="Drawn, not photographed. No face that somebody could know.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.customimage",
                        verbose_name="drawing",
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards",
                        to="toolbox_pages.trainingmodulepage",
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
            name="EvaluationResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "question",
                    models.CharField(
                        help_text="In the words that participants read. For example: “I know what to say in the first five minutes.”",
                        max_length=300,
                        verbose_name="what was asked",
                    ),
                ),
                (
                    "scale",
                    models.CharField(
                        help_text="For example: “1 = not at all true, 5 = very true”, or “Share of those who answered yes”.",
                        max_length=200,
                        verbose_name="scale",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("mean", "mean on the scale"), ("share", "share of the answers, in per cent")],
                        default="mean",
                        max_length=5,
                        verbose_name="unit",
                    ),
                ),
                ("lowest", models.PositiveSmallIntegerField(default=1, verbose_name="lowest of the scale")),
                ("highest", models.PositiveSmallIntegerField(default=5, verbose_name="highest of the scale")),
                ("n_before", models.PositiveIntegerField(blank=True, null=True, verbose_name="answers before")),
                (
                    "before",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=4,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="before",
                    ),
                ),
                ("n_after", models.PositiveIntegerField(blank=True, null=True, verbose_name="answers after")),
                (
                    "after",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=4,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="after",
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="toolbox_pages.trainingprogrammepage",
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
            name="TrainingRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "audience",
                    models.CharField(
                        help_text="For example “Police” or “Social offices”.", max_length=160, verbose_name="for whom"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "by the day"), ("month", "by the month")],
                        default="day",
                        help_text="By the month where the day is not known. For example “April 2021 to June 2021”.",
                        max_length=5,
                        verbose_name="shown",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="where")),
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
                        related_name="runs",
                        to="toolbox_pages.trainingprogrammepage",
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
            name="TrainingSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        help_text="For example 25.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(600),
                        ],
                        verbose_name="minutes",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("input", "Short talk"),
                            ("discussion", "Talk in the whole group"),
                            ("small-groups", "Work in small groups"),
                            ("pairs", "Work in pairs"),
                            ("exercise", "Exercise"),
                            ("role-play", "Role play"),
                            ("case", "Work on a case"),
                            ("pictures", "Talk about pictures"),
                            ("mindfulness", "Mindfulness exercise"),
                            ("break", "Break"),
                        ],
                        max_length=12,
                        verbose_name="method",
                    ),
                ),
                (
                    "materials",
                    models.TextField(
                        blank=True,
                        help_text="For example: “Six picture cards, a clock, no phones”.",
                        verbose_name="materials",
                    ),
                ),
                (
                    "activity",
                    models.TextField(
                        blank=True,
                        help_text="So that somebody who was not there can run it.",
                        verbose_name="what participants do",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What to watch for, what to say, when to stop. Readers see it folded.",
                        verbose_name="for the facilitator",
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
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="toolbox_pages.trainingmodulepage",
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
