"""Documents are unpacked for every answer: where PostgreSQL knows LZ4 it takes two thirds of the time.

What is stored already stays as it is until it is written again.
"""

from typing import Any

from django.db import migrations

KNOWS_LZ4 = "SELECT 1 FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"


def compress(apps: Any, schema_editor: Any) -> None:
    set_compression(schema_editor, "lz4")


def compress_by_default(apps: Any, schema_editor: Any) -> None:
    set_compression(schema_editor, "default")


def set_compression(schema_editor: Any, name: str) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(KNOWS_LZ4)
        if cursor.fetchone():
            cursor.execute(f"ALTER TABLE publication_publicationbody ALTER COLUMN document SET COMPRESSION {name}")


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]

    operations = [migrations.RunPython(compress, compress_by_default)]
