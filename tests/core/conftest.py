"""Property tests run without a deadline: the machine may be busy."""

from hypothesis import settings

settings.register_profile("fintrack", deadline=None)
settings.load_profile("fintrack")
