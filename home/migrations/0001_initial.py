import uuid

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomePage",
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
                    "hero_title",
                    models.CharField(
                        help_text="For example: “You have the right to be safe.”",
                        max_length=120,
                        verbose_name="large heading",
                    ),
                ),
                (
                    "hero_lead",
                    models.TextField(
                        help_text="Two or three short sentences below the large heading.",
                        max_length=400,
                        verbose_name="introduction",
                    ),
                ),
                (
                    "hero_search_hint",
                    models.CharField(
                        blank=True,
                        help_text="Words that people could try.",
                        max_length=200,
                        verbose_name="hint below the search box",
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
            ],
            options={
                "verbose_name": "home page",
                "verbose_name_plural": "home pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SiteSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "exit_url",
                    models.CharField(
                        blank=True,
                        help_text="A harmless site; {locale} becomes the reader's language. Empty: as the operator set it.",
                        max_length=200,
                        verbose_name="address that Exit leads to",
                    ),
                ),
                ("contact_phone", models.CharField(blank=True, max_length=40, verbose_name="telephone of the project")),
            ],
            options={
                "verbose_name": "site settings",
            },
        ),
        migrations.CreateModel(
            name="StandardPage",
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
                            ("timeline", 24),
                            ("partners", 31),
                            ("funding", 34),
                            ("contact", 38),
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
                            18: (
                                "home.blocks.PartialDateBlock",
                                (),
                                {"help_text": "Year, month or day: 2019, 2019-11 or 2019-11-30.", "label": "Date"},
                            ),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Only if the date is not exact: “end of November 2019”.",
                                    "label": "Date in words",
                                    "required": False,
                                },
                            ),
                            20: ("wagtail.blocks.CharBlock", (), {"label": "What happened"}),
                            21: ("wagtail.blocks.TextBlock", (), {"label": "More about it", "required": False}),
                            22: (
                                "wagtail.blocks.StructBlock",
                                [[("date", 18), ("words", 19), ("title", 20), ("text", 21)]],
                                {},
                            ),
                            23: ("wagtail.blocks.ListBlock", (22,), {"label": "Entries"}),
                            24: ("wagtail.blocks.StructBlock", [[("entries", 23)]], {}),
                            25: ("wagtail.blocks.CharBlock", (), {"label": "Name"}),
                            26: ("wagtail.blocks.CharBlock", (), {"label": "Part in the project", "required": False}),
                            27: ("wagtail.blocks.CharBlock", (), {"label": "City", "required": False}),
                            28: ("wagtail.blocks.URLBlock", (), {"label": "Website", "required": False}),
                            29: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 25), ("role", 26), ("city", 27), ("url", 28)]],
                                {},
                            ),
                            30: ("wagtail.blocks.ListBlock", (29,), {"label": "Partners"}),
                            31: ("wagtail.blocks.StructBlock", [[("partners", 30)]], {}),
                            32: ("wagtail.blocks.TextBlock", (), {"label": "Who paid"}),
                            33: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Who answers for the content", "required": False},
                            ),
                            34: ("wagtail.blocks.StructBlock", [[("statement", 32), ("responsibility", 33)]], {}),
                            35: ("equalcity.core.blocks.TextBlock", (), {"label": "Text", "required": False}),
                            36: (
                                "wagtail.blocks.RegexBlock",
                                (),
                                {"label": "Telephone", "regex": "^\\+?[0-9 ]{3,24}$", "required": False},
                            ),
                            37: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail address", "required": False}),
                            38: ("wagtail.blocks.StructBlock", [[("text", 35), ("phone", 36), ("email", 37)]], {}),
                        },
                        verbose_name="body",
                    ),
                ),
                (
                    "show_in_footer",
                    models.BooleanField(
                        default=False,
                        help_text="For pages that must be found from everywhere: accessibility, privacy. Only directly below home.",
                        verbose_name="show in the footer",
                    ),
                ),
            ],
            options={
                "verbose_name": "standard page",
                "verbose_name_plural": "standard pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SiteTexts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "exit_url",
                    models.CharField(
                        blank=True,
                        help_text="A harmless site in this language, such as a weather forecast. Empty: as in the site settings.",
                        max_length=200,
                        verbose_name="address that Exit leads to",
                    ),
                ),
                (
                    "funding",
                    models.TextField(
                        blank=True,
                        help_text="Who paid, in the footer. Empty: as in the default language.",
                        verbose_name="funding statement",
                    ),
                ),
                ("responsibility", models.TextField(blank=True, verbose_name="who answers for the content")),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="For example: “Weekdays from 9 to 12, in English and French. Not a helpline.”",
                        max_length=300,
                        verbose_name="words about contact",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        help_text="What others may do with the texts. For example: “CC BY 4.0: use it, translate it, name us.”",
                        max_length=300,
                        verbose_name="licence",
                    ),
                ),
                (
                    "helpline",
                    models.CharField(
                        blank=True,
                        help_text="On the help page, above the numbers. For example: “Calls are free. Ask for your language.”",
                        max_length=300,
                        verbose_name="words about help lines",
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
                "verbose_name": "texts on every page",
                "verbose_name_plural": "texts on every page",
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
    ]
