"""Forms: what a person typed comes back as typed, mistakes are tied to their fields, uploads are what they say."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from tests.web.design.rendering import render

from yhdys.web.forms import DateTimeInput, FileField, FilterForm, Form, RichTextField
from yhdys.web.templatetags.yhdys import error_links


class Sample(Form):
    name = forms.CharField(label="Name", help_text="As in the register")
    nickname = forms.CharField(label="Nickname", required=False)
    day = forms.DateField(label="Day", required=False)
    start = forms.DateTimeField(label="Start", required=False, widget=DateTimeInput)
    way = forms.ChoiceField(label="Way", required=False, choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def field(form: forms.Form, name: str, attributes: str = "") -> str:
    return render(f'<c-field :field="field" {attributes} />', field=form[name])


@pytest.mark.parametrize("typed", ["2.3.2026", "02.03.2026", "2026-03-02"])
def test_a_day_is_read_in_the_ways_people_write_it(typed: str) -> None:
    form = Sample({"name": "x", "day": typed})
    assert form.is_valid()
    assert str(form.cleaned_data["day"]) == "2026-03-02"


@pytest.mark.parametrize("clock", ["14.00", "14:00"])
@pytest.mark.parametrize("day", ["27.11.2026", "2026-11-27"])
def test_a_day_and_a_time_become_one_moment_in_finland(day: str, clock: str) -> None:
    form = Sample({"name": "x", "start_day": day, "start_time": clock})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["start"] == datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_a_moment_is_shown_by_the_finnish_clock_in_two_fields() -> None:
    html = str(Sample(initial={"start": datetime(2026, 3, 2, 7, 5, tzinfo=UTC)})["start"])
    assert 'value="2.3.2026"' in html
    assert 'value="9.05"' in html


def test_broken_days_and_times_come_back_as_typed() -> None:
    form = Sample({"name": "x", "day": "31.2.2026", "start_day": "eilen", "start_time": "25.00"})
    assert not form.is_valid()
    assert 'value="31.2.2026"' in str(form["day"])
    assert 'value="eilen"' in str(form["start"])
    assert 'value="25.00"' in str(form["start"])


@pytest.mark.parametrize(("day", "clock"), [("27.11.2026", ""), ("", "14.00")])
def test_a_day_without_its_time_is_a_mistake_and_kept(day: str, clock: str) -> None:
    form = Sample({"name": "x", "start_day": day, "start_time": clock})
    assert list(form.errors) == ["start"]
    assert f'value="{day or clock}"' in str(form["start"])
    assert "?" not in str(form["start"])


def test_a_mistake_is_said_by_the_field_and_described_to_a_screen_reader() -> None:
    html = field(Sample({"name": ""}), "name")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_helptext"' in html


def test_a_hint_of_the_page_describes_the_field_too() -> None:
    html = field(Sample(), "nickname", 'hint="Shown to nobody"')
    assert 'aria-describedby="id_nickname_helptext"' in html
    assert "Shown to nobody" in html


def test_what_may_be_empty_says_so_but_not_in_a_filter() -> None:
    class Filter(FilterForm):
        nickname = forms.CharField(label="Nickname")

    assert "(optional)" in field(Sample(), "nickname")
    assert "(optional)" not in field(Sample(), "name")
    assert "(optional)" not in field(Filter(), "nickname")
    assert not Filter().fields["nickname"].required


def test_what_was_typed_is_escaped() -> None:
    html = field(Sample({"name": '"><script>alert(1)</script>'}), "name")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_summary_leads_to_the_first_input_of_each_field() -> None:
    form = Sample({"name": "", "day": "x", "start_day": "x", "way": "c"})
    form.add_error(None, "Both together cannot be.")
    assert [link["href"] for link in error_links(form)] == ["", "#id_name", "#id_day", "#id_start_0", "#id_way_0"]
    assert error_links(form)[0]["message"] == "Both together cannot be."


def test_a_form_that_was_not_sent_has_no_summary() -> None:
    assert error_links(Sample()) == []
    assert "govuk-error-summary" not in render("<c-form :form='form' submit='Save' />", form=Sample())


def test_a_form_draws_its_fields_unless_the_page_does() -> None:
    assert render("<c-form :form='form' submit='Save' />", form=Sample()).count("<label") > 4
    assert render("<c-form :form='form' submit='Save'><p>Mine</p></c-form>", form=Sample()).count("<label") == 0


def test_a_public_form_carries_no_token() -> None:
    context = {"form": Sample(), "csrf_token": "secret"}
    assert "csrfmiddlewaretoken" not in render("<c-form :form='form' :csrf='False' submit='Send' />", **context)


class Upload(Form):
    paper = FileField(kinds=("pdf", "png"), most=1024, required=False)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("paper.pdf", b"%PDF-1.7 ...", None),
        ("PAPER.PDF", b"%PDF-1.7 ...", None),
        ("paper.png", b"\x89PNG\r\n\x1a\n", None),
        ("paper.exe", b"%PDF-1.7", "wrong_kind"),
        ("paper", b"%PDF-1.7", "wrong_kind"),
        ("paper.pdf", b"<html>", "wrong_content"),
        ("paper.pdf", b"%PDF-" + b"x" * 1024, "too_large"),
    ],
)
def test_an_upload_is_what_its_name_says(name: str, content: bytes, error: str | None) -> None:
    form = Upload({}, {"paper": SimpleUploadedFile(name, content)})
    assert [each.code for each in form.errors.as_data().get("paper", [])] == ([error] if error else [])


def test_an_accepted_upload_is_read_from_its_beginning() -> None:
    form = Upload({}, {"paper": SimpleUploadedFile("paper.pdf", b"%PDF-1.7 all of it")})
    assert form.is_valid()
    assert form.cleaned_data["paper"].read() == b"%PDF-1.7 all of it"


def test_a_plain_text_becomes_paragraphs() -> None:
    class Article(Form):
        body = RichTextField()

    form = Article({"body": "First & foremost\nline\n\nSecond, 2 < 3"})
    assert form.is_valid()
    assert form.cleaned_data["body"] == "<p>First &amp; foremost<br>line</p>\n\n<p>Second, 2 &lt; 3</p>"


def test_a_page_fetches_the_editor_only_where_there_is_a_rich_text() -> None:
    class Article(Form):
        body = RichTextField()

    assert (
        render("<c-form :form='form' />", form=Article()).count('<script src="/static/web/editor.js" type="module">')
        == 1
    )
    assert "editor.js" not in render("<c-form :form='form' />", form=Sample())


def test_rich_text_loses_what_a_page_may_not_show() -> None:
    class Article(Form):
        body = RichTextField()

    form = Article({"body": '<h2 onclick="x()">A</h2><script>alert(1)</script><a href="javascript:x()">B</a>'})
    assert form.is_valid()
    assert form.cleaned_data["body"] == '<h2>A</h2><a rel="noopener">B</a>'


def test_an_empty_field_says_what_to_do_by_its_kind() -> None:
    class Everything(Form):
        name = forms.CharField()
        day = forms.DateField()
        way = forms.ChoiceField(choices=[("a", "A")])
        agreed = forms.BooleanField()
        paper = forms.FileField()
        own = forms.CharField(error_messages={"required": "Own words."})

    with translation.override("en"):
        said = {name: str(errors[0]) for name, errors in Everything({}).errors.items()}
    assert said == {
        "name": "Fill this in.",
        "day": "Write the day, for example 27.11.2026.",
        "way": "Choose one.",
        "agreed": "Tick the box to go on.",
        "paper": "Choose a file.",
        "own": "Own words.",
    }


def test_a_mistake_in_a_field_is_told_with_an_example_or_a_measure() -> None:
    class Everything(Form):
        name = forms.CharField(max_length=5)
        email = forms.EmailField()
        site = forms.URLField(assume_scheme="https")
        own = forms.EmailField(error_messages={"invalid": "Own words."})

    given = {"name": "abcdefg", "email": "nobody", "site": "no site", "own": "nobody"}
    with translation.override("en"):
        said = {name: str(errors[0]) for name, errors in Everything(given).errors.items()}
    assert said == {
        "name": "Shorten the text: at most 5 characters, now 7.",
        "email": "Write an e-mail address like name@example.org.",
        "site": "Write a web address like https://www.example.org/.",
        "own": "Own words.",
    }
