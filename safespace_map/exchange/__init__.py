"""Places as files: the table that is exported, and imports of tables and of HSDS as drafts."""
