"""errors: what stops the pipeline; whatever a person can mend in the content is a Finding instead."""


class PipelineError(Exception):
    """The run cannot go on (exit code 2): a missing folder, unreadable settings, a full disk.

    `where` is a path or `file:line`; `hint` says what to do next.
    """

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} ({self.hint})" if self.hint else text
