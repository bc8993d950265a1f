"""What PayPal refuses, in codes alone; known without its library."""

UNREADABLE = "UNREADABLE_ANSWER"


class PaypalError(Exception):
    """PayPal refused, or did not answer. The text holds codes only, never a body."""

    def __init__(
        self,
        *,
        status: int | None,
        name: str = "",
        issue: str = "",
        debug_id: str = "",
        retry_after: str = "",
    ) -> None:
        self.status = status
        self.name = name
        self.issue = issue
        self.debug_id = debug_id
        self.retry_after = retry_after
        said = " ".join(
            word for word in (name, issue, f"debug {debug_id}" if debug_id else "") if word
        )
        super().__init__(f"PayPal: {status or 'no answer'} {said}".strip())

    @property
    def unknown(self) -> bool:
        """Whether the call may have worked all the same: ask again with the same request id."""
        return self.status is None or self.status in (408, 409, 429) or self.status >= 500

    @property
    def missing(self) -> bool:
        """Whether PayPal itself (not a proxy) says that it knows no such thing."""
        return self.status == 404 and self.name == "RESOURCE_NOT_FOUND"
