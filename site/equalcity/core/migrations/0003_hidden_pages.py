"""Indexes over the few pages that are hidden, so that lists need not ask every page (`core.public.HIDDEN`)."""

from django.db import migrations

INDEXES = {
    "equalcity_page_not_live": "(id) WHERE NOT live",
    "equalcity_page_expires": "(id) WHERE expire_at IS NOT NULL",
}


class Migration(migrations.Migration):
    dependencies = [("core", "0002_terms_and_media")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON wagtailcore_page {of}", f"DROP INDEX {name}")
        for name, of in INDEXES.items()
    ]
