"""The web server's log, without anything about the visitor."""

from typing import Any

from gunicorn.glogging import Logger


class ServerLog(Logger):
    """Gunicorn's log, minus the address, path and header text that two of its messages carry."""

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Log a warning; of a malformed request, only that there was one."""
        if str(msg).startswith("Invalid request from ip="):
            msg = "A malformed request was refused."
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Log an exception with its traceback, without the address that was asked for."""
        if str(msg).startswith("Error handling request"):
            msg, args = "Error handling a request", ()
        super().exception(msg, *args, **kwargs)
