"""Every letter FinTrack writes: subject, paragraphs, and the one code it may show.

Texts are message ids; their placeholders are the values and secrets that a letter must
bring. What a stranger can send to any address (the codes) repeats nothing that the
stranger typed: a name there would carry an advertisement.
"""

from dataclasses import dataclass
from functools import cached_property
from string import Formatter

from fintrack.core.text import message_id

CODE = "code"


@dataclass(frozen=True)
class Kind:
    """One kind of letter.

    ``code`` says that it shows the secret ``code`` large, between ``paragraphs`` and
    ``closing``.
    """

    subject: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...] = ()
    code: bool = False

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """The names of all values that a letter of this kind must bring."""
        texts = (self.subject, *self.paragraphs, *self.closing)
        names = {name for text in texts for _, name, _, _ in Formatter().parse(text)}
        return frozenset(filter(None, names)) | ({CODE} if self.code else set())


_VALID = message_id("The code is valid for {minutes} minutes and works once.")
_NEVER_ASKED = message_id(
    "We will never ask you for this code, by telephone or by mail. Give it to nobody."
)
_IGNORE = message_id("You did not ask for it? Then ignore this mail: nothing happens.")
_NOT_YOU = message_id(
    "Was this not you? Then change your password now and end all other sessions."
)

KINDS: dict[str, Kind] = {
    "code.register": Kind(
        message_id("Your code for FinTrack"),
        (message_id("Enter this code to finish your registration:"),),
        (_VALID, _NEVER_ASKED, _IGNORE),
        code=True,
    ),
    "code.reset": Kind(
        message_id("Your code for a new password"),
        (message_id("Enter this code to choose a new password:"),),
        (_VALID, _NEVER_ASKED, _IGNORE),
        code=True,
    ),
    "code.email": Kind(
        message_id("Your code for a new e-mail address"),
        (message_id("Enter this code to use this address from now on:"),),
        (_VALID, _NEVER_ASKED, _IGNORE),
        code=True,
    ),
    "account.exists": Kind(
        message_id("You already have an account at FinTrack"),
        (
            message_id(
                "Somebody wanted to use this address for a FinTrack account. It has "
                "one already, so nothing was changed."
            ),
            message_id(
                "Was it you? Then sign in; if you do not know your password any more, "
                "choose a new one with “Forgotten password” on the sign-in page."
            ),
        ),
        (_IGNORE,),
    ),
    "account.suspended": Kind(
        message_id("Your account is suspended"),
        (
            message_id(
                "Somebody asked for a new password or an account for this address. It "
                "has a FinTrack account, but that is suspended: until this ends, "
                "nobody can sign in to it, and your books stay as they are."
            ),
            message_id("Was it you? Then write to whoever runs this FinTrack."),
        ),
        (_IGNORE,),
    ),
    "account.unknown": Kind(
        message_id("There is no account with this address"),
        (
            message_id(
                "Somebody asked for a new password for this address. There is no "
                "FinTrack account with it here."
            ),
            message_id("Was it you? Then try the other addresses you use."),
        ),
        (_IGNORE,),
    ),
    "account.welcome": Kind(
        message_id("Welcome to FinTrack"),
        (
            message_id("Hello {name},"),
            message_id("Your account is ready, and your books are open."),
            message_id(
                "Bring in a statement of your bank, look around with sample data, or "
                "start with the first thing you paid for today."
            ),
            message_id(
                "Every change can be taken back for 30 days, so nothing you try can "
                "break anything."
            ),
        ),
    ),
    "account.locked": Kind(
        message_id("Someone tries to sign in to your account"),
        (
            message_id("Hello {name},"),
            message_id(
                "There were many wrong passwords for your account, the last "
                "one on {when} from {address}. Further tries have to wait."
            ),
            message_id(
                "You can still get in within minutes: choose a new password with "
                "“Forgotten password” on the sign-in page. Any code that a mail of "
                "ours brought in the last 10 minutes works there, also one that "
                "somebody else asked for."
            ),
        ),
    ),
    "account.codes_guessed": Kind(
        message_id("Somebody who knows your password guesses your codes"),
        (
            message_id("Hello {name},"),
            message_id(
                "Your password was right, but there were many wrong codes of your "
                "second factor, the last one on {when} from {address}. Further tries "
                "have to wait."
            ),
            message_id(
                "Was this not you? Then somebody knows your password: choose a new one "
                "now with “Forgotten password” on the sign-in page."
            ),
        ),
    ),
    "account.new_device": Kind(
        message_id("New sign-in to your account"),
        (
            message_id("Hello {name},"),
            message_id(
                "Somebody signed in to your account on {when} with {device}, from "
                "{address}. Was it you? Then there is nothing to do."
            ),
            _NOT_YOU,
        ),
    ),
    "account.email_changed": Kind(
        message_id("Your e-mail address was changed"),
        (
            message_id("Hello {name},"),
            message_id(
                "Since {when} your account has another e-mail address. This one is no "
                "longer used to sign in."
            ),
            message_id(
                "Was this not you? Then write to whoever runs this FinTrack at once."
            ),
        ),
    ),
    "account.factor_on": Kind(
        message_id("Your second factor is switched on"),
        (
            message_id("Hello {name},"),
            message_id(
                "Since {when} signing in to your account asks for a code of your "
                "authenticator app as well."
            ),
            _NOT_YOU,
        ),
    ),
    "account.factor_off": Kind(
        message_id("Your second factor is switched off"),
        (
            message_id("Hello {name},"),
            message_id("Since {when} your password alone signs you in."),
            _NOT_YOU,
        ),
    ),
    "account.codes_renewed": Kind(
        message_id("You have new recovery codes"),
        (
            message_id("Hello {name},"),
            message_id(
                "New recovery codes were made on {when}. The ones before work no "
                "longer."
            ),
            _NOT_YOU,
        ),
    ),
    "account.password_changed": Kind(
        message_id("Your password was changed"),
        (
            message_id("Hello {name},"),
            message_id(
                "Your password was changed on {when}. All other sessions were ended."
            ),
            message_id(
                "Was this not you? Then choose a new password at once with “Forgotten "
                "password” on the sign-in page."
            ),
        ),
    ),
}
