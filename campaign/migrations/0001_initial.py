import uuid

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import campaign.times
import equalcity.core.models.terms
import equalcity.core.recording_blocks


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_hidden_pages"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignPage",
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
                        help_text="For example: “There is a place for you.”",
                        max_length=120,
                        verbose_name="large heading",
                    ),
                ),
                (
                    "hero_lead",
                    models.TextField(
                        blank=True,
                        help_text="Two or three short sentences below the large heading.",
                        max_length=400,
                        verbose_name="introduction",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("text", 1),
                            ("picture", 4),
                            ("number", 7),
                            ("notice", 9),
                            ("links", 10),
                            ("recording", 19),
                            ("stories", 22),
                            ("events", 23),
                            ("materials", 24),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("equalcity.core.blocks.HeadingBlock", (), {}),
                            1: ("equalcity.core.blocks.TextBlock", (), {}),
                            2: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
                            3: ("wagtail.blocks.CharBlock", (), {"label": "Caption", "required": False}),
                            4: ("wagtail.blocks.StructBlock", [[("image", 2), ("caption", 3)]], {}),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: 9 or 116 016.", "label": "Number", "max_length": 12},
                            ),
                            6: ("wagtail.blocks.CharBlock", (), {"label": "What it means"}),
                            7: ("wagtail.blocks.StructBlock", [[("number", 5), ("text", 6)]], {}),
                            8: ("wagtail.blocks.TextBlock", (), {"label": "Text"}),
                            9: ("wagtail.blocks.StructBlock", [[("text", 8)]], {}),
                            10: ("campaign.blocks.LinksBlock", (), {}),
                            11: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: “The story, read aloud”.", "label": "Title"},
                            ),
                            12: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "MP3, M4A, Ogg, WAV, MP4 or WebM, up to 20 MB. Voices and places can be recognised: listen to it once more before you publish.",
                                    "label": "Audio or video",
                                },
                            ),
                            13: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": equalcity.core.recording_blocks.language_choices,
                                    "help_text": "Empty: nobody speaks.",
                                    "label": "Language spoken",
                                    "required": False,
                                },
                            ),
                            14: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Captions (WebVTT)"}),
                            15: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": equalcity.core.recording_blocks.language_choices, "label": "Language"},
                            ),
                            16: ("wagtail.blocks.StructBlock", [[("file", 14), ("language", 15)]], {}),
                            17: ("wagtail.blocks.ListBlock", (16,), {"default": [], "label": "Captions"}),
                            18: (
                                "equalcity.core.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Everything that is said, and what is heard or seen and matters. Required.",
                                    "label": "Transcript",
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 11), ("file", 12), ("language", 13), ("captions", 17), ("transcript", 18)]],
                                {},
                            ),
                            20: ("wagtail.blocks.CharBlock", (), {"label": "Heading"}),
                            21: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"default": 3, "label": "How many", "max_value": 12, "min_value": 1},
                            ),
                            22: ("wagtail.blocks.StructBlock", [[("heading", 20), ("most", 21)]], {"label": "Stories"}),
                            23: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 20), ("most", 21)]],
                                {"label": "Next events"},
                            ),
                            24: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 20), ("most", 21)]],
                                {"label": "Materials"},
                            ),
                        },
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="EventIndexPage",
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
            ],
            options={
                "verbose_name": "list of events",
                "verbose_name_plural": "lists of events",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="EventPage",
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
                ("starts_on", models.DateField(verbose_name="first day")),
                (
                    "starts_at",
                    models.TimeField(help_text="As the clock at the event shows it.", verbose_name="begins at"),
                ),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("ends_at", models.TimeField(verbose_name="ends at")),
                (
                    "time_zone",
                    models.CharField(
                        choices=campaign.times.zone_choices,
                        default="Europe/Brussels",
                        help_text="Readers see the times in this zone, with its name. For example: Europe/Rome.",
                        max_length=64,
                        verbose_name="time zone",
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        choices=[("place", "At a place"), ("online", "Online"), ("both", "At a place and online")],
                        default="place",
                        max_length=8,
                        verbose_name="where",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Never a place whose address must stay secret. For example: “Town hall, Example City A”.",
                        max_length=200,
                        verbose_name="place",
                    ),
                ),
                (
                    "registration_url",
                    models.URLField(
                        blank=True,
                        help_text="A page that asks for as little as possible.",
                        verbose_name="where to register",
                    ),
                ),
                (
                    "languages",
                    models.CharField(
                        blank=True,
                        help_text="Codes of the languages spoken or interpreted, with commas between them. For example: fr, nl",
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z]{2,3}(?:, ?[a-z]{2,3})*\\Z", "Write codes such as: fr, nl"
                            )
                        ],
                        verbose_name="languages",
                    ),
                ),
                (
                    "accessibility",
                    models.TextField(
                        blank=True,
                        help_text="Steps, lift, hearing loop, quiet room, child care. For example: “No steps. A quiet room.”",
                        verbose_name="accessibility",
                    ),
                ),
                (
                    "cancelled",
                    models.BooleanField(
                        default=False,
                        help_text="The event stays listed, marked as cancelled.",
                        verbose_name="cancelled",
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
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="MaterialIndexPage",
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
            ],
            options={
                "verbose_name": "list of materials",
                "verbose_name_plural": "lists of materials",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="MaterialPage",
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
                            ("poster", "Poster"),
                            ("leaflet", "Leaflet"),
                            ("card", "Card"),
                            ("social", "Picture for social media"),
                        ],
                        default="poster",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "use",
                    models.TextField(
                        blank=True,
                        help_text="Where it may hang or lie, and where it would put somebody at risk.",
                        verbose_name="how to use it",
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
            ],
            options={
                "verbose_name": "material",
                "verbose_name_plural": "materials",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StoryIndexPage",
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
            ],
            options={
                "verbose_name": "list of stories",
                "verbose_name_plural": "lists of stories",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StoryPage",
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
                    "interview",
                    wagtail.fields.StreamField(
                        [("answer", 2)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "Question"}),
                            1: ("equalcity.core.blocks.TextBlock", (), {"label": "Answer"}),
                            2: ("wagtail.blocks.StructBlock", [[("question", 0), ("answer", 1)]], {}),
                        },
                        help_text="Questions and answers. The person has read and agreed to every word.",
                        verbose_name="interview",
                    ),
                ),
                (
                    "recordings",
                    wagtail.fields.StreamField(
                        [("recording", 8)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: “The story, read aloud”.", "label": "Title"},
                            ),
                            1: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "MP3, M4A, Ogg, WAV, MP4 or WebM, up to 20 MB. Voices and places can be recognised: listen to it once more before you publish.",
                                    "label": "Audio or video",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": equalcity.core.recording_blocks.language_choices,
                                    "help_text": "Empty: nobody speaks.",
                                    "label": "Language spoken",
                                    "required": False,
                                },
                            ),
                            3: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Captions (WebVTT)"}),
                            4: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": equalcity.core.recording_blocks.language_choices, "label": "Language"},
                            ),
                            5: ("wagtail.blocks.StructBlock", [[("file", 3), ("language", 4)]], {}),
                            6: ("wagtail.blocks.ListBlock", (5,), {"default": [], "label": "Captions"}),
                            7: (
                                "equalcity.core.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Everything that is said, and what is heard or seen and matters. Required.",
                                    "label": "Transcript",
                                },
                            ),
                            8: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 0), ("file", 1), ("language", 2), ("captions", 6), ("transcript", 7)]],
                                {},
                            ),
                        },
                        help_text="Own audio or video, with a transcript.",
                        verbose_name="recordings",
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
                    "consent_until",
                    models.DateField(
                        blank=True,
                        help_text="The last day on which the story may be shown, in every language. Empty: without an end.",
                        null=True,
                        verbose_name="consent until",
                    ),
                ),
                (
                    "consent_withdrawn",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it and publish: the story leaves the public at once, in every language and at partners.",
                        verbose_name="consent withdrawn",
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        help_text="The city in which the person works.",
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.city",
                        verbose_name="city",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        help_text="What the person does. Never a name, nor an employer so small that it names one.",
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "story",
                "verbose_name_plural": "stories",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="MaterialFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "language",
                    models.CharField(
                        help_text="The code of the language that the file is in, whatever the page's. For example: fr",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?\\Z", "Write a code such as fr."
                            )
                        ],
                        verbose_name="language",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        choices=[
                            ("a1", "A1 (594 × 841 mm)"),
                            ("a2", "A2 (420 × 594 mm)"),
                            ("a3", "A3 (297 × 420 mm)"),
                            ("a4", "A4 (210 × 297 mm)"),
                            ("a5", "A5 (148 × 210 mm)"),
                            ("a6", "A6 (105 × 148 mm)"),
                            ("px", "For screens"),
                        ],
                        default="a4",
                        max_length=2,
                        verbose_name="print size",
                    ),
                ),
                ("width", models.PositiveIntegerField(blank=True, null=True, verbose_name="width in pixels")),
                ("height", models.PositiveIntegerField(blank=True, null=True, verbose_name="height in pixels")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
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
                    "preview",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.customimage",
                        verbose_name="preview",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="campaign.materialpage"
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
