"""Safe spaces with their rows."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import equalcity.core.models.terms
import safespace_map.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("core", "0003_hidden_pages"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationPage",
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
                    "description",
                    models.TextField(
                        help_text="Who they are and whom they work for, in two or three sentences.",
                        verbose_name="description",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="A shared address. For example “hello@example.org”, never a person's.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SafeSpaceIndexPage",
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
                    "criteria",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What a place must show before it is listed, who looks, and how often. Every visitor can read it.",
                        verbose_name="how places are checked",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of safe spaces",
                "verbose_name_plural": "lists of safe spaces",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SafeSpacePage",
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
                    "precision",
                    models.CharField(
                        choices=[
                            ("exact", "The address is public"),
                            ("area", "Only the district is known here"),
                            ("phone", "Only the city and the telephone are known here"),
                        ],
                        default="phone",
                        max_length=8,
                        verbose_name="how exactly it may be known",
                    ),
                ),
                (
                    "street",
                    models.CharField(
                        blank=True,
                        help_text="For example: “12 Example Street, 2nd floor”.",
                        max_length=200,
                        verbose_name="street and number",
                    ),
                ),
                ("postal_code", models.CharField(blank=True, max_length=20, verbose_name="postal code")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "way_there",
                    models.TextField(
                        blank=True,
                        help_text="Stops, entrance, bell, steps. Only for a place whose address is public.",
                        verbose_name="the way there",
                    ),
                ),
                (
                    "arrival",
                    models.TextField(
                        blank=True,
                        help_text="For example: “Somebody opens the door and asks your first name only. You can sit down first.”",
                        verbose_name="what happens when you arrive",
                    ),
                ),
                (
                    "eligibility",
                    models.TextField(
                        blank=True,
                        help_text="In words. For example: “Women and their children. No papers asked.”",
                        verbose_name="who can come",
                    ),
                ),
                (
                    "languages",
                    models.CharField(
                        blank=True,
                        help_text="Codes of ISO 639 with commas between them. For example: fr, ar, ti",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A(?:[a-z]{2,3}(?:, ?[a-z]{2,3})*)?\\Z", "Write codes such as: fr, ar, ti"
                            )
                        ],
                        verbose_name="languages spoken",
                    ),
                ),
                (
                    "interpreter",
                    models.CharField(
                        blank=True,
                        choices=[("", "No"), ("on_request", "If you ask before"), ("always", "Always")],
                        max_length=12,
                        verbose_name="interpreter",
                    ),
                ),
                (
                    "staff_gender_on_request",
                    models.BooleanField(default=False, verbose_name="you can ask to speak with a woman or with a man"),
                ),
                (
                    "what_to_bring",
                    models.TextField(
                        blank=True,
                        help_text="For example: “Nothing. If you have a health card, take it along.”",
                        verbose_name="what to bring",
                    ),
                ),
                ("is_free", models.BooleanField(default=True, verbose_name="free of charge")),
                ("cost", models.CharField(blank=True, max_length=200, verbose_name="what it costs")),
                (
                    "wheelchair",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not known"), ("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                        max_length=8,
                        verbose_name="wheelchair",
                    ),
                ),
                (
                    "accessibility",
                    models.TextField(
                        blank=True,
                        help_text="Steps, lift, toilet, quiet room, assistance dogs, text by phone.",
                        verbose_name="accessibility",
                    ),
                ),
                ("by_appointment", models.BooleanField(default=False, verbose_name="only by appointment")),
                (
                    "temporarily_closed",
                    models.BooleanField(
                        default=False,
                        help_text="It stays listed and says so; nobody is sent there.",
                        verbose_name="closed for now",
                    ),
                ),
                ("closed_until", models.DateField(blank=True, null=True, verbose_name="closed until")),
                (
                    "checked_on",
                    models.DateField(help_text="When somebody last called or went there.", verbose_name="checked on"),
                ),
                (
                    "checked_by",
                    models.CharField(
                        help_text="A role, never a name. For example “social worker of the city”.",
                        max_length=120,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "check_again_by",
                    models.DateField(
                        help_text="After this day the place is marked; two weeks later it leaves the map.",
                        verbose_name="check again by",
                    ),
                ),
                (
                    "audiences",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Leave it empty when the place is for everybody.",
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        related_name="+",
                        to="core.targetgroup",
                        verbose_name="for whom",
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
                    "district",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.district",
                        verbose_name="district",
                    ),
                ),
            ],
            options={
                "verbose_name": "safe space",
                "verbose_name_plural": "safe spaces",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="PhoneLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "number",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A\\+?[0-9][0-9 ()/.-]{1,38}\\Z",
                                "Write it as one dials it. For example: +32 2 000 01 01",
                            )
                        ],
                        verbose_name="number",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("voice", "Calls"), ("text", "Text messages")],
                        default="voice",
                        max_length=8,
                        verbose_name="for",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="For example “Reception” or “Night line”.",
                        max_length=120,
                        verbose_name="name of the line",
                    ),
                ),
                (
                    "languages",
                    models.CharField(
                        blank=True,
                        help_text="Codes of ISO 639 with commas between them. For example: fr, ar, ti",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A(?:[a-z]{2,3}(?:, ?[a-z]{2,3})*)?\\Z", "Write codes such as: fr, ar, ti"
                            )
                        ],
                        verbose_name="languages",
                    ),
                ),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        help_text="For example “Every day, day and night”.",
                        max_length=160,
                        verbose_name="when somebody answers",
                    ),
                ),
                ("is_free", models.BooleanField(default=False, verbose_name="free of charge")),
                (
                    "cost",
                    models.CharField(
                        blank=True,
                        help_text="For example “The price of a local call”.",
                        max_length=120,
                        verbose_name="what a call costs",
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
                        related_name="phones",
                        to="safespace_map.safespacepage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "days",
                    safespace_map.fields.WeekdaysField(
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU)){0,6}\\Z", "Choose a day."
                            )
                        ],
                        verbose_name="days",
                    ),
                ),
                (
                    "week",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "every week"),
                            ("1", "in the first week of the month"),
                            ("2", "in the second week of the month"),
                            ("3", "in the third week of the month"),
                            ("4", "in the fourth week of the month"),
                            ("-1", "in the last week of the month"),
                        ],
                        help_text="“First week” with Monday means the first Monday of the month.",
                        max_length=2,
                        verbose_name="how often",
                    ),
                ),
                ("opens_at", models.TimeField(verbose_name="opens at")),
                (
                    "closes_at",
                    models.TimeField(
                        help_text="Earlier than it opens: on the next day. The same time: day and night.",
                        verbose_name="closes at",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("by_appointment", models.BooleanField(default=False, verbose_name="only by appointment")),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="For example “Women only”.", max_length=160, verbose_name="note"
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
                        related_name="hours",
                        to="safespace_map.safespacepage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpeningException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("first_day", models.DateField(verbose_name="first day")),
                (
                    "last_day",
                    models.DateField(blank=True, help_text="Empty: one day only.", null=True, verbose_name="last day"),
                ),
                (
                    "opens_at",
                    models.TimeField(
                        blank=True, help_text="Both times empty: closed.", null=True, verbose_name="opens at"
                    ),
                ),
                ("closes_at", models.TimeField(blank=True, null=True, verbose_name="closes at")),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="For example “Public holiday”.", max_length=160, verbose_name="note"
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
                        related_name="exceptions",
                        to="safespace_map.safespacepage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HelpOffered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Its own name, if it has one. For example “Open table”.",
                        max_length=160,
                        verbose_name="name",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "how_to_get_it",
                    models.CharField(
                        blank=True,
                        help_text="For example “Come by” or “Call two days before”.",
                        max_length=200,
                        verbose_name="how to get it",
                    ),
                ),
                (
                    "minimum_age",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from the age of"),
                ),
                (
                    "maximum_age",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="up to the age of"),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        limit_choices_to=equalcity.core.models.terms.in_default_language,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.help",
                        verbose_name="kind of help",
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
                        related_name="help",
                        to="safespace_map.safespacepage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="safespacepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("precision", "exact"),
                    models.Q(
                        ("latitude", None), ("longitude", None), ("postal_code", ""), ("street", ""), ("way_there", "")
                    ),
                    _connector="OR",
                ),
                name="no_trace_of_a_secret_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="safespacepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("precision", "phone"), _negated=True), ("district", None), _connector="OR"
                ),
                name="of_a_telephone_only_the_city",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="phoneline",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AlterUniqueTogether(
            name="openinghours",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AlterUniqueTogether(
            name="openingexception",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AlterUniqueTogether(
            name="helpoffered",
            unique_together={("translation_key", "locale")},
        ),
        migrations.CreateModel(
            name="DeadNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.UUIDField(help_text="The row's key, the same in every language.")),
                ("day", models.DateField(verbose_name="day")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="how often")),
            ],
            options={
                "verbose_name": "number that did not work",
                "verbose_name_plural": "numbers that did not work",
                "constraints": [models.UniqueConstraint(fields=("phone", "day"), name="one_count_per_number_and_day")],
            },
        ),
        migrations.CreateModel(
            name="RaiseRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(db_index=True)),
                ("to", models.CharField(max_length=8, verbose_name="to")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="used or withdrawn")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "wish to know more of a place",
                "verbose_name_plural": "wishes to know more of places",
            },
        ),
        migrations.CreateModel(
            name="RemovedStreet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(db_index=True)),
                ("digest", models.CharField(max_length=64)),
                ("words", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "digest"), name="one_digest_per_place")],
            },
        ),
        migrations.CreateModel(
            name="StaffNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(editable=False, unique=True)),
                (
                    "notes",
                    models.TextField(
                        blank=True, help_text="Only staff with permission read this.", verbose_name="notes"
                    ),
                ),
                (
                    "vetting_contact",
                    models.TextField(
                        blank=True,
                        help_text="Who answers for the place when it is checked. Only for staff.",
                        verbose_name="whom to ask",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "staff note",
                "verbose_name_plural": "staff notes",
            },
        ),
        migrations.CreateModel(
            name="Reminded",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("state", models.CharField(max_length=8)),
                ("check_again_by", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "state", "check_again_by"), name="reminded_once_of_each_state"
                    )
                ],
            },
        ),
    ]
