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
                "verbose_name": "standard page",
                "verbose_name_plural": "standard pages",
            },
            bases=("wagtailcore.page",),
        ),
    ]
