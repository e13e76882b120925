"""What the pages share on which a file is chosen, and those on which one decides about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from juries.errors import JuryError
from juries.files.tables import MAXIMUM_BYTES
from juries.intake.uploads import keep_upload, waiting_upload
from juries.models import Jury, Upload
from juries.tasks import nudge_upload


def sent_to_wait(form, jury: Jury, purpose: Upload.Purpose, *, by) -> HttpResponse | None:
    """The form's file waits for a worker: the way to its page. Otherwise the form says why not."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        waiting = keep_upload(
            jury=jury,
            purpose=purpose,
            file_name=file.name,
            content=file.read(MAXIMUM_BYTES + 1),
            by=by,
        )
    except JuryError as error:
        form.add_error("file", str(error))
        return None
    nudge_upload(waiting.pk)
    return redirect("upload", jury.slug, waiting.pk)


def upload_or_404(jury: Jury, purpose: Upload.Purpose, number: int) -> Upload:
    """The file of that number, if it has been read."""
    try:
        return waiting_upload(jury, purpose, number)
    except Upload.DoesNotExist:
        raise Http404 from None
