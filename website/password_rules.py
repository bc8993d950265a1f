"""Django's rules for passwords, each with a sentence that says how to mend what it refuses."""

from django.contrib.auth import password_validation as theirs


class NotAboutOneself(theirs.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return (
            "This password is too much like your %(verbose_name)s, which others know. Choose "
            "words that have nothing to do with you."
        )


class LongEnough(theirs.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return (
            f"This password is too short: it needs {self.min_length} characters or more. Add "
            "another word."
        )


class NotCommon(theirs.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return (
            "Many people use this password, so it is guessed first. Choose three words that do "
            "not belong together."
        )


class NotFiguresAlone(theirs.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "This password is figures alone, which are guessed quickly. Add a word or two."
