"""What every other package stands on: base page, inlines, blocks, terms, users, images, documents, templates."""
