"""The messages a registration causes, written into the outbox in the same transaction.

Each goes once however often it is caused: to another address, or after a correction, it is another
message.
"""

from juries import codes
from juries.models import Registrant
from juries.post import outbox
from juries.post.addresses import address_of
from juries.registration.agreeing import Yes, link_code
from juries.registration.entry import awaits_email, awaits_guardian


def send_first_messages(registrant: Registrant) -> None:
    """The outbox holds the receipt, and the questions to those who have to say yes."""
    if registrant.email and registrant.submission:
        _put(
            registrant,
            "mail_receipt",
            to=registrant.email,
            link=address_of("own_code", language=registrant.language),
            code=codes.code_of(registrant.submission),
        )
    ask_who_is_awaited(registrant)


def ask_who_is_awaited(registrant: Registrant) -> None:
    """The outbox holds a link to every yes that is missing and can come by e-mail.

    Of a frozen pool nobody is asked: a yes brings nobody into it any more.
    """
    if registrant.jury.is_frozen:
        return
    if registrant.email and awaits_email(registrant):
        _put(registrant, "mail_confirm", to=registrant.email, link=_link(registrant, Yes.EMAIL))
    if "@" in registrant.guardian_contact and awaits_guardian(registrant):
        _put(
            registrant,
            "mail_guardian",
            to=registrant.guardian_contact,
            link=_link(registrant, Yes.GUARDIAN),
        )


def own_page_address(registrant: Registrant) -> str:
    """The person's own page, opened by the code as long as the code can be told."""
    language = registrant.language
    if registrant.submission:
        code = codes.code_of(registrant.submission)
        if codes.digest_of(code) == registrant.code_digest:
            return address_of("own_code_link", code, language=language)
    return address_of("own_code", language=language)


def _link(registrant: Registrant, yes: Yes) -> str:
    return address_of("agree", link_code(registrant, yes), language=registrant.language)


def _put(registrant: Registrant, wording: str, *, to: str, **facts: str) -> None:
    outbox.put(
        jury=registrant.jury,
        registrant=registrant,
        wording=wording,
        to=to,
        language=registrant.language,
        facts=facts,
        key=f"{wording}:{registrant.pk}:{codes.fingerprint('message', to)[:16]}",
    )
