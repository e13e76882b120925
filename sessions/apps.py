from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """Our sessions are days on which a jury sits.

    ``django.contrib.sessions`` already owns the label "sessions", so ours is
    "jury_sessions": that is the name in tables, migrations and permissions.
    """

    name = "sessions"
    label = "jury_sessions"
