from django.db import models


class Canary(models.Model):
    """A known word, sealed: opens if the keys of the house belong to this data."""

    sealed = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
