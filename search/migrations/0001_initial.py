# ruff: noqa: S608 - statements hold fixed names only; values are always parameters
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = "language, title, summary, other_words, names, body"
OLD = "old.publication_id, old.language, old.title, old.summary, old.other_words, old.names, old.body"
NEW = "new.publication_id, new.language, new.title, new.summary, new.other_words, new.names, new.body"
FORGET = f"INSERT INTO search_match (search_match, rowid, {COLUMNS}) VALUES ('delete', {OLD});"
LEARN = f"INSERT INTO search_match (rowid, {COLUMNS}) VALUES ({NEW});"

SQLITE = [
    # The words were folded before; the hyphen belongs to languages such as pt-br.
    f"CREATE VIRTUAL TABLE search_match USING fts5({COLUMNS}, content='search_entry', "
    "content_rowid='publication_id', tokenize=\"unicode61 remove_diacritics 0 tokenchars '-'\")",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN {LEARN} END",
    f"CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN {FORGET} END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE OF {COLUMNS} ON search_entry BEGIN {FORGET} {LEARN} END",
]
POSTGRESQL = [
    "ALTER TABLE search_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', summary), 'B') || "
    "setweight(to_tsvector('simple', other_words), 'B') || "
    "setweight(to_tsvector('simple', names), 'C') || setweight(to_tsvector('simple', body), 'D')) STORED",
    "CREATE INDEX search_entry_vector ON search_entry USING gin (vector)",
]


def add_engine(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def remove_engine(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE search_match")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("publication", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="publication.publication",
                    ),
                ),
                ("language", models.CharField(db_index=True, max_length=12)),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("other_words", models.TextField()),
                ("names", models.TextField()),
                ("body", models.TextField()),
                ("text", models.TextField()),
                ("passage", models.CharField(max_length=64)),
                ("embedding", models.BinaryField(null=True)),
                ("embedded_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("embedding", None)),
                        fields=["publication"],
                        name="entry_without_embedding",
                    ),
                    models.Index(fields=["language", "embedded_at"], name="entry_embedded_since"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexCursor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("engine", models.CharField(max_length=20, unique=True)),
                ("cursor", models.CharField(blank=True, max_length=100)),
                ("seq", models.BigIntegerField(default=0)),
                ("version", models.CharField(blank=True, max_length=64)),
                ("build", models.CharField(blank=True, max_length=64)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="Synonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="A code such as fr; empty: all languages.",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="Separated by commas. For example: safe space, safer space, safe haven",
                        verbose_name="words that mean the same",
                    ),
                ),
            ],
            options={
                "verbose_name": "words that mean the same",
                "verbose_name_plural": "words that mean the same",
                "ordering": ["language", "words"],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=12)),
                ("first", models.CharField(max_length=1)),
                ("word", models.CharField(max_length=61)),
                ("texts", models.IntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word"], name="search_word_word_7c499c_idx"),
                    models.Index(fields=["language", "first"], name="search_word_languag_338ec9_idx"),
                ],
                "constraints": [models.UniqueConstraint(fields=("language", "word"), name="one_word_per_language")],
            },
        ),
        migrations.RunPython(add_engine, remove_engine),
    ]
