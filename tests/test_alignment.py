"""Wordings, levels and the pairs that two plans make."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.pages.alignment import Alignment, By, Item, Pair, aligned
from publish.pages.level_charts import Bar, bar_chart, labels
from publish.pages.levels import Level, Way, compared, difference, levels
from publish.pages.likeness import LEAST, content_words, features, likeness, place_names

COMMON = {"tỷ", "lệ", "đạt", "trở", "lên", "từ", "thực", "hiện", "phấn", "đấu", "tối", "thiểu"}
NAMES = place_names(["xã Khe Vàng", "Khe Vàng", "phường An", "An", "Lạc Giang"])


def items(texts: Sequence[str | tuple[str, str]]) -> list[Item]:
    """Items of texts; a pair is an indicator and a text."""
    found = [("other", one) if isinstance(one, str) else one for one in texts]
    return [Item(features(text, COMMON.__contains__, NAMES), code) for code, text in found]


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        # the same sentence with another place, year and number
        (
            ["Tập huấn 05 lớp cho hội viên xã Khe Vàng năm 2026", "Trồng 10 ha rừng"],
            ["Trồng 12 ha rừng trong năm 2025", "Tập huấn 08 lớp cho hội viên"],
            [(0, 1, By.WORDING), (1, 0, By.WORDING)],
        ),
        # words that any target has make no pair
        (
            ["Tỷ lệ rác thải được thu gom đạt từ 80% trở lên"],
            ["Tỷ lệ hộ nghèo đa chiều đạt từ 80% trở lên"],
            [],
        ),
        # one indicator, whatever the words
        (
            [("eid_account", "Tài khoản định danh cho 90% người dân")],
            [("eid_account", "Kích hoạt VNeID mức độ 2: 95%")],
            [(0, 0, By.INDICATOR)],
        ),
        # the likest of several of one indicator; the other one stays alone
        (
            [("outreach", "Phát 500 tờ rơi về bầu cử"), ("outreach", "Tuyên truyền trên loa truyền thanh mỗi tuần")],
            [("outreach", "Tuyên truyền trên loa truyền thanh mỗi ngày")],
            [(1, 0, By.INDICATOR)],
        ),
        # two indicators are two things, however alike the sentences
        (
            [("smartphone", "Người dân có điện thoại thông minh")],
            [("eid_account", "Người dân có điện thoại thông minh")],
            [],
        ),
        # outside the codelist on one side: by wording
        (
            ["Hộ gia đình có thẻ bảo hiểm y tế đạt 95%"],
            [("outreach", "98% hộ gia đình có thẻ bảo hiểm y tế")],
            [(0, 0, By.WORDING)],
        ),
        # twice the same on both sides: the first with the first
        (
            ["Báo cáo kết quả hằng quý", "Báo cáo kết quả hằng quý"],
            ["Báo cáo kết quả hằng quý", "Báo cáo kết quả hằng quý"],
            [(0, 0, By.WORDING), (1, 1, By.WORDING)],
        ),
        ([], ["Trồng 10 ha rừng"], []),
        (["100%"], ["100%"], []),
    ],
)
def test_items_of_two_plans_are_paired(first, second, pairs):
    assert [(one.first, one.second, one.by) for one in aligned(items(first), items(second)).pairs] == pairs


WORDS = st.lists(
    st.sampled_from(["rừng", "lúa", "trường", "lớp", "trạm", "y", "tế", "hộ", "nghèo", "thuế", "đường", "cầu"]),
    max_size=6,
)
ITEMS = st.lists(
    st.builds(
        lambda words, code: Item(features(" ".join(words), COMMON.__contains__), code),
        WORDS,
        st.sampled_from([None, "other", "outreach", "ranking"]),
    ),
    max_size=8,
)


@given(ITEMS, ITEMS)
def test_an_alignment_is_one_to_one_and_leaves_nothing_out(first: list[Item], second: list[Item]):
    found = aligned(first, second)
    assert sorted([*(pair.first for pair in found.pairs), *found.only_first]) == list(range(len(first)))
    assert sorted([*(pair.second for pair in found.pairs), *found.only_second]) == list(range(len(second)))


@given(ITEMS, ITEMS)
def test_an_alignment_is_the_same_from_both_sides(first: list[Item], second: list[Item]):
    assert turned(aligned(second, first)) == aligned(first, second)


def turned(alignment: Alignment) -> Alignment:
    """The alignment seen from the other side."""
    pairs = (Pair(pair.second, pair.first, pair.by, pair.score) for pair in alignment.pairs)
    return Alignment(tuple(sorted(pairs, key=lambda pair: pair.first)), alignment.only_second, alignment.only_first)


@given(ITEMS, ITEMS)
def test_pairs_by_wording_are_alike_and_never_of_two_indicators(first: list[Item], second: list[Item]):
    for pair in aligned(first, second).pairs:
        codes = {first[pair.first].code, second[pair.second].code}
        if pair.by is By.INDICATOR:
            assert len(codes) == 1
            assert None not in codes
        else:
            assert pair.score >= LEAST
            assert None in codes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hoà giải tại xã Khe Vàng, 05 vụ", "hòa giải tại vụ"),
        ("Khe Vàng năm 2026", "năm"),
        ("Bảo đảm an toàn ở phường An", "bảo đảm an toàn ở"),  # a name of one syllable may be any word
        ("tỉnh Lạc Giang", "tỉnh"),
        ("12/12, 100 %", ""),
    ],
)
def test_places_and_numbers_are_left_out(text: str, words: str):
    assert " ".join(content_words(text, NAMES)) == words


@given(WORDS, WORDS)
def test_likeness_is_the_same_both_ways_and_whole_for_the_same_words(one: list[str], other: list[str]):
    first, second = (features(" ".join(words), COMMON.__contains__) for words in (one, other))
    scores = likeness([first, second], [first, second])
    assert scores[0, 1] == scores[1, 0]
    assert scores[0, 0] == (100 if one else 0)


@pytest.mark.parametrize(
    ("first", "second", "way", "by"),
    [
        (Level(90, ">=", unit="%"), Level(85, ">=", unit="%"), Way.HIGHER, 5),
        (Level(85, ">=", unit="%"), Level(90, "=", unit="%"), Way.LOWER, 5),
        (Level(90, ">", unit="%"), Level(90, ">=", unit="%"), Way.SAME, 0),
        (Level(3, "<=", unit="%"), Level(5, "<=", unit="%"), Way.STRICTER, 2),
        (Level(5, "<", unit="%"), Level(3, "=", unit="%"), Way.LOOSER, 2),
        (Level(80, ">=", high=85, unit="%"), Level(80, ">=", unit="%"), Way.HIGHER, 5),
        (Level(80, ">=", high=85, unit="%"), Level(82, ">=", unit="%"), Way.LOWER, 2),
        (Level(2, ">=", high=6, unit="%"), Level(5, "<=", unit="%"), Way.LOOSER, 1),
        (Level(3, "<=", unit="rank"), Level(10, "<=", unit="rank"), Way.BETTER, 7),
        (Level(10, "<=", unit="rank"), Level(3, "<=", unit="rank"), Way.WORSE, 7),
        (Level(90, ">=", unit="%"), Level(90, "<=", unit="%"), Way.UNLIKE, 0),
        (Level(90, ">=", unit="%"), Level(90, ">=", unit="lượt"), Way.UNLIKE, 0),
        (Level(15, ">=", unit="%", change="increase"), Level(15, ">=", unit="%"), Way.UNLIKE, 0),
        (Level(4, unit="ca", per="1.000 dân"), Level(4, unit="ca", per="100.000 dân"), Way.UNLIKE, 0),
        (Level(12, unit="Tổ"), Level(12, unit="tổ"), Way.SAME, 0),
    ],
)
def test_levels_are_held_against_each_other_by_what_they_mean(first: Level, second: Level, way: Way, by: float):
    found = difference(first, second)
    assert (found.way, found.by) == (way, by)


OPPOSITE = {
    Way.HIGHER: Way.LOWER,
    Way.STRICTER: Way.LOOSER,
    Way.BETTER: Way.WORSE,
    Way.SAME: Way.SAME,
    Way.UNLIKE: Way.UNLIKE,
}
OPPOSITE |= {theirs: own for own, theirs in OPPOSITE.items()}
LEVELS = st.builds(
    Level,
    value=st.integers(0, 5).map(float),
    comparator=st.sampled_from(["=", ">=", "<=", ">", "<"]),
    unit=st.sampled_from(["%", "rank", "lớp"]),
    subject=st.sampled_from(["", "hộ", "học sinh"]),
)


@given(LEVELS, LEVELS)
def test_a_difference_is_the_opposite_from_the_other_side(first: Level, second: Level):
    one, other = difference(first, second), difference(second, first)
    assert one.way == OPPOSITE[other.way]
    assert one.by == other.by


@given(st.lists(LEVELS, max_size=5), st.lists(LEVELS, max_size=5))
def test_every_level_is_matched_once_or_stands_alone(first: list[Level], second: list[Level]):
    found = compared(first, second)
    assert [one.first for one in found if one.first] == first
    assert sorted(map(repr, (one.second for one in found if one.second))) == sorted(map(repr, second))
    assert all((one.difference is not None) == (one.first is not None and one.second is not None) for one in found)


def test_a_level_of_the_same_subject_is_matched_before_others():
    pupils, all_people = Level(90, unit="%", subject="học sinh"), Level(80, unit="%")
    assert compared([all_people, pupils], [pupils])[1].second == pupils
    assert compared([all_people, pupils], [pupils])[0].second is None


@pytest.mark.parametrize(
    ("measures", "written"),
    [
        ([(">=", 80, "%", None), ("<=", 85, "%", None)], ["80 – 85 %"]),
        ([("<=", 85, "%", None), (">=", 80, "%", None)], ["≤ 85 %", "≥ 80 %"]),
        ([(">=", 80, "%", None), ("<=", 85, "lớp", None)], ["≥ 80 %", "≤ 85 lớp"]),
        ([("=", 1234.5, "triệu đồng", None)], ["1.234,5 triệu đồng"]),
        ([(">=", 15, "%", "decrease")], ["giảm ≥ 15 %"]),
        ([(None, None, None, None)], []),
        ([("<", 0, "vụ", None)], ["< 0 vụ"]),
    ],
)
def test_measures_are_levels_in_words(measures, written):
    rows = [{"comparator": c, "value": v, "unit": u, "change": k} for c, v, u, k in measures]
    assert [one.written for one in levels(rows)] == written


BARS = st.lists(
    st.builds(
        Bar,
        st.sampled_from(["Xã A", "Xã B", ""]),
        LEVELS.filter(lambda level: level.unit == "%"),
        st.tuples(st.sampled_from(["", "X", "Y"]), st.sampled_from(["", "2025"])),
    ),
    min_size=1,
    max_size=12,
)


@given(BARS)
def test_bars_of_a_chart_have_labels_of_their_own_and_say_their_level(bars: list[Bar]):
    found = labels(bars)
    assert len(set(found)) == len(bars)
    values = bar_chart(bars)["data"]["values"]
    assert [row["said"] for row in values] == [
        f"{label}: {bar.level.written}" for label, bar in zip(found, bars, strict=True)
    ]
    assert all(row["end"] == bar.level.value for row, bar in zip(values, bars, strict=True))
