"""Feeds of the calendar: what RFC 5545 and calendar programs ask for, read back by two parsers."""

import re
from collections import Counter
from datetime import date, timedelta

import icalendar
import pytest
import vobject
from playwright.sync_api import Browser

from tests.browsing import visiting
from tests.site import ODD, Site

UNIT = "phòng-văn-hóa-xã-hội"


def feed(site: Site, path: str, **query: str) -> tuple[dict[str, str], bytes]:
    status, headers, body = site.get(path, **query)
    assert status == 200
    return headers, body


FEEDS = [
    f"/don-vi/{UNIT}.ics",
    "/don-vi/công-an-xã.ics",
    "/lich.ics?don_vi=cong+an&vai_tro=lead",
    "/lich.ics?dia_phuong=khe+vang",
]


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_what_calendar_programs_ask_for(sample_site: Site, path: str):
    headers, body = feed(sample_site, path)
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.ics"', headers["content-disposition"])
    lines = body.split(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert lines[:2] == [b"BEGIN:VCALENDAR", b"VERSION:2.0"]
    calendar = icalendar.Calendar.from_ical(body)
    assert calendar["prodid"]
    assert calendar["x-wr-calname"]
    assert calendar.errors == []
    keys = [event["uid"] for event in calendar.events]
    assert keys
    assert len(set(keys)) == len(keys)
    for event in calendar.events:
        assert event.errors == []
        assert event["dtend"].dt > event["dtstart"].dt
        assert type(event["dtstart"].dt) is date
        assert event["dtstamp"].dt.tzinfo is not None
        assert str(event["url"]).startswith(f"{sample_site.address}/nhiem-vu/")


@pytest.mark.parametrize("path", FEEDS)
def test_another_parser_finds_the_same_days_as_the_calendar_shows(sample_site: Site, ask, path: str):
    _, body = feed(sample_site, path)
    read: dict[str, list[date]] = {}
    for event in vobject.readOne(body.decode()).vevent_list:
        key = re.sub(r"-\d+@", "@", event.uid.value) if hasattr(event, "rrule") else event.uid.value
        last = event.dtend.value - timedelta(days=1)
        days = [moment.date() for moment in event.getrruleset(addRDate=True)] if hasattr(event, "rrule") else [last]
        read.setdefault(key.removesuffix("@kehoach"), []).extend(days)
    for key, days in read.items():
        shown = [
            date.fromisoformat(day) for (day,) in ask("select day from task_days where task_id = ? order by day", key)
        ]
        assert sorted(set(days)) == shown, key


def test_a_feed_holds_every_task_of_the_unit_that_has_a_day(sample_site: Site, ask):
    _, body = feed(sample_site, f"/don-vi/{UNIT}.ics")
    tasks = {str(event["url"]).rsplit("/", 1)[1] for event in icalendar.Calendar.from_ical(body).events}
    assert tasks == {
        key
        for (key,) in ask(
            """
            select distinct task_days.task_id from task_days
            join task_units on task_units.task_id = task_days.task_id where unit_id = ?
            """,
            UNIT,
        )
    }


def test_a_feed_is_the_same_whenever_it_is_asked_for(sample_site: Site):
    assert feed(sample_site, FEEDS[0])[1] == feed(sample_site, FEEDS[0])[1]


def test_a_localitys_feed_holds_its_plans_only(sample_site: Site, ask):
    key, name = ask(
        """
        select localities.id, full_name from localities join plans on plans.locality_id = localities.id
        join tasks on tasks.plan_id = plans.id where tasks.deadline_end is not null
        group by 1 order by count(*) desc limit 1
        """
    )[0]
    _, body = feed(sample_site, f"/dia-phuong/{key}.ics")
    calendar = icalendar.Calendar.from_ical(body)
    assert calendar["x-wr-calname"] == name
    plans = {key for (key,) in ask("select id from plans where locality_id = ?", key)}
    assert {str(event["uid"])[:16] for event in calendar.events} <= plans


def test_a_deadline_stands_on_its_last_day_and_says_its_whole_time(sample_site: Site, ask):
    key, start, end = ask(
        """
        select tasks.id, deadline_start, deadline_end from tasks join task_units on task_units.task_id = tasks.id
        where unit_id = ? and deadline_kind = 'quarter' limit 1
        """,
        UNIT,
    )[0]
    _, body = feed(sample_site, f"/don-vi/{UNIT}.ics")
    event = next(e for e in icalendar.Calendar.from_ical(body).events if e["uid"] == f"{key}@kehoach")
    assert event["dtstart"].dt.isoformat() == end
    assert date.fromisoformat(start).strftime("%d/%m/%Y") in event["description"]


def test_the_page_gives_the_address_of_its_feed(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/lich?don_vi=cong-an")
        page.goto(f"/lich?don_vi={UNIT}")
        page.get_by_text("Đưa lịch này vào Outlook").click()
        address = page.get_by_role("link", name="Đăng ký lịch (webcal)").get_attribute("href") or ""
        assert address.startswith("webcal://")
        with page.expect_download() as download:
            page.get_by_role("link", name="Tải tệp lịch").click()
        assert download.value.suggested_filename == "lich-phong-van-hoa-xa-hoi.ics"
        assert download.value.url.removeprefix("http") == address.removeprefix("webcal")


@pytest.mark.parametrize("path", ["/don-vi/khong-co.ics", "/dia-phuong/không-có.ics", "/dia-phuong/😀.ics"])
def test_a_feed_of_nobody_is_a_page_that_says_so(sample_site: Site, path: str):
    status, text = sample_site.page(path)
    assert status == 404
    assert "Không tìm thấy" in text


@pytest.mark.parametrize("odd", ODD)
def test_a_feed_of_odd_input_is_a_feed(sample_site: Site, odd: str):
    status, headers, body = sample_site.get("/lich.ics", don_vi=odd)
    assert status == 200
    assert headers["content-type"].startswith("text/calendar")
    icalendar.Calendar.from_ical(body)


def test_categories_name_the_kind_and_the_place(sample_site: Site):
    _, body = feed(sample_site, FEEDS[0])
    kinds = Counter(event["categories"].cats[0] for event in icalendar.Calendar.from_ical(body).events)
    assert {"Định kỳ", "Trước ngày"} <= set(kinds)
