"""Who can register: only with a code, or anyone; and whether a letter may be handed on."""

from django.db import transaction

from juries.audit import record
from juries.enums import CodeUse, Stage
from juries.models import Jury, User


@transaction.atomic
def choose_doors(*, jury: Jury, invitation_only: bool, code_use: CodeUse, by: User) -> Jury:
    """The registration form asks for a code, or lets anyone in; letters say whose they are."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.SETTING_UP, Stage.REGISTRATION)
    jury.invitation_only, jury.code_use = invitation_only, code_use
    jury.version += 1
    jury.save(update_fields=["invitation_only", "code_use", "version"])
    record(
        "invitations.doors_chosen",
        jury=jury,
        by=by,
        invitation_only=invitation_only,
        code_use=str(code_use),
    )
    return jury
