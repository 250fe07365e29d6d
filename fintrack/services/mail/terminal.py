"""The transport where no server is configured: mail is printed, secrets and all."""

from typing import TextIO

from fintrack.services.mail.transport import TOO_LATE, Fate, Mail, Outcome

_RULE = "─" * 60


class TerminalTransport:
    """Prints mail for the one who runs FinTrack on their own machine."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    async def send(self, mail: Mail) -> Outcome:
        """Prints the text of the mail; a closed terminal may come back."""
        if mail.is_late():
            return TOO_LATE
        printed = f"{_RULE}\n{mail.to}: {mail.subject}\n\n{mail.text}\n{_RULE}\n"
        try:
            self._stream.write(printed)
            self._stream.flush()
        except (OSError, ValueError) as error:
            return Outcome(Fate.AWAY, type(error).__name__)
        return Outcome(Fate.SENT)

    async def hang_up(self) -> None:
        """A terminal is not hung up."""
