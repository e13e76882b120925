class JuryError(Exception):
    """Something a verb refuses to do; its text is for the user, in the user's language."""


class WrongStage(JuryError):
    """The jury is not in a stage that allows the deed."""
