"""App config of the toolbox pages."""

from django.apps import AppConfig


class ToolboxPagesConfig(AppConfig):
    name = "toolbox_pages"
