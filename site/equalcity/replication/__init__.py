"""The subscriber that follows another instance: client, merge, importer."""
