from io import BytesIO

import pypdf
import pytest
import typst

from juries.files.pdf_joining import Joining, NotFromTypst

FRAME = '#set document(title: "Kirjeet", date: none)\n#set heading(bookmarked: false)\n'


def pdf(words, *, pages=1, frame=FRAME):
    body = "#pagebreak()\n".join(f"= {words} {page}\nhello\n" for page in range(1, pages + 1))
    return typst.compile((frame + body).encode(), ignore_system_fonts=True, timestamp=0)


def joined(*pdfs):
    file = BytesIO()
    joining = Joining(file)
    counts = [joining.add(one) for one in pdfs]
    joining.finish()
    file.seek(0)
    return counts, pypdf.PdfReader(file, strict=True)


def test_the_pages_follow_each_other():
    counts, reader = joined(pdf("Aino", pages=2), pdf("Börje", pages=45), pdf("Čerttu"))

    texts = [page.extract_text() for page in reader.pages]
    assert counts == [2, 45, 1]
    assert len(texts) == 48
    assert [texts[0], texts[2], texts[46], texts[47]] == [
        f"{words}\nhello" for words in ("Aino 1", "Börje 1", "Börje 45", "Čerttu 1")
    ]
    assert reader.metadata.title == "Kirjeet"


def test_each_page_keeps_the_tags_of_its_own():
    _counts, reader = joined(pdf("Aino", pages=3), pdf("Börje", pages=4))
    tree = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Kids"]
    leaves = {}
    for kid in tree:
        numbers = kid.get_object()["/Nums"]
        leaves |= dict(zip(numbers[::2], numbers[1::2], strict=True))

    for page in reader.pages:
        for tag in leaves[page["/StructParents"]].get_object():
            assert tag.get_object()["/Pg"]["/StructParents"] == page["/StructParents"]

    assert len(leaves) == 7


def test_words_that_look_like_references_stay_as_they_are():
    words = "12 0 R /StructParents 3 (1 0 R)"
    _counts, reader = joined(pdf("first"), pdf(words))

    assert reader.pages[1].extract_text() == f"{words} 1\nhello"


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7\nstartxref\n9\n%%EOF", b"no pdf at all"])
def test_what_typst_did_not_write_is_refused(other):
    with pytest.raises(NotFromTypst):
        joined(other)


def test_bookmarks_are_refused_rather_than_lost():
    with pytest.raises(NotFromTypst, match="bookmarks"):
        joined(pdf("Aino", frame='#set document(title: "x")\n'))
