"""Files brought to the house and read as its worker reads them."""

from juries.intake.uploads import keep_upload, read_upload
from juries.models import Jury, Upload, User
from tests import factories


def bring(
    jury: Jury,
    content: str | bytes,
    *,
    purpose: str = Upload.Purpose.PEOPLE,
    name: str = "pool.csv",
    by: User | None = None,
) -> Upload:
    """The file after a worker has read it, or refused it."""
    upload = keep_upload(
        jury=jury,
        purpose=purpose,
        file_name=name,
        content=content.encode() if isinstance(content, str) else content,
        by=by or factories.make_user(),
    )
    read_upload(upload.pk)
    upload.refresh_from_db()
    return upload
