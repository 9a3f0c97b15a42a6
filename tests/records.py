"""Three small records as extraction would write them, whose every span points into their text."""

import hashlib
from datetime import date

from schemas import (
    Citation,
    Comparator,
    Confidence,
    Deadline,
    DeadlineKind,
    Funding,
    Head,
    IssuerLevel,
    Locality,
    Measure,
    Modality,
    PartialDate,
    Period,
    Problem,
    Record,
    Role,
    Scope,
    Section,
    SectionKind,
    Severity,
    Signer,
    Source,
    Span,
    Target,
    Task,
    TaskKind,
    UnitRole,
)
from schemas.plan import Candidate

WARD_TEXT = """KẾ HOẠCH
Phát triển Tổ công nghệ số cộng đồng phường An Định năm 2026
Căn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh;
I. MỤC TIÊU
- Ít nhất 85% người dân có tài khoản thanh toán điện tử.
- 100% Tổ công nghệ số cộng đồng được tập huấn, xong trước ngày 30/6/2026.
II. NHIỆM VỤ
1. Đường truyền
- Kiểm tra đường truyền tại các khu phố.
Đơn vị chủ trì: Công an phường. Phối hợp: các khu phố.
Thời gian: Quý I, Quý II/2026. Kết quả: Báo cáo kiểm tra.
- Tuyên truyền hằng quý.
III. KINH PHÍ
Ngân sách phường.
"""
COMMUNE_TEXT = """KẾ HOẠCH
Chăm sóc sức khỏe nhân dân xã Bình Thuận năm 2025
Phấn đấu trên 95% người dân có thẻ bảo hiểm y tế.
Trạm Y tế xã khám sức khỏe cho người cao tuổi trong tháng 10/2025.
"""
DEPARTMENT_TEXT = """KẾ HOẠCH
Phòng cháy, chữa cháy trong trường học giai đoạn 2026 - 2030
100% trường học có phương án chữa cháy vào năm 2030.
Các trường học tổ chức diễn tập.
"""


def ward() -> Record:
    """A ward's plan with everything a record can hold."""
    text, at = WARD_TEXT, _finder(WARD_TEXT)
    deadline = Deadline(
        kind=DeadlineKind.QUARTER,
        start=date(2026, 1, 1),
        end=date(2026, 6, 30),
        text="Quý I, Quý II/2026",
        span=at("Quý I, Quý II/2026"),
    )
    return Record(
        id=_id(text),
        source=_source("an-dinh.pdf", text, media_type="application/pdf", pages=1, text_source="native"),
        text=text,
        document=Head(
            kind="KH",
            number=None,
            symbol="KH-UBND",
            title="Phát triển Tổ công nghệ số cộng đồng phường An Định năm 2026",
            issuer="UBND phường An Định",
            issuer_level=IssuerLevel.COMMUNE,
            issued=PartialDate(year=2026, month=1),
            period=Period(start=date(2026, 1, 1), end=date(2026, 12, 31)),
            signer=Signer(name="Trần Văn Đức", position="CHỦ TỊCH"),
            recipients=("Như trên", "Lưu: VT"),
            locality=Locality(type="phường", name="An Định", province="Đồng Nai", code="26001"),
            spans={"title": (at("Phát triển Tổ công nghệ số cộng đồng phường An Định năm 2026"),)},
        ),
        legal_bases=(
            Citation(
                kind="KH",
                number="12/KH-UBND",
                date=date(2026, 1, 5),
                relation="basis",
                span=at("Kế hoạch số 12/KH-UBND ngày 05/01/2026"),
            ),
        ),
        sections=(
            Section(path="I", label="I.", heading="MỤC TIÊU", kind=SectionKind.GOALS, span=at("I. MỤC TIÊU")),
            Section(path="II", label="II.", heading="NHIỆM VỤ", kind=SectionKind.TASKS, span=at("II. NHIỆM VỤ")),
            Section(
                path="II.1", label="1.", heading="Đường truyền", kind=SectionKind.TASKS, span=at("1. Đường truyền")
            ),
        ),
        targets=(
            Target(
                id="t1",
                text="Ít nhất 85% người dân có tài khoản thanh toán điện tử.",
                scope=Scope.SPECIFIC,
                indicator="epayment_account",
                measures=(Measure(comparator=Comparator.AT_LEAST, value=85, unit="%", span=at("85%")),),
                group="I",
                confidence=Confidence.HIGH,
                spans=(at("Ít nhất 85% người dân có tài khoản thanh toán điện tử."),),
            ),
            Target(
                id="t2",
                text="100% Tổ công nghệ số cộng đồng được tập huấn, xong trước ngày 30/6/2026.",
                scope=Scope.SPECIFIC,
                indicator="team_training",
                measures=(Measure(comparator=Comparator.EQUAL, value=100, unit="%", span=at("100%")),),
                due=Deadline(
                    kind=DeadlineKind.BY,
                    end=date(2026, 6, 30),
                    text="trước ngày 30/6/2026",
                    span=at("trước ngày 30/6/2026"),
                ),
                group="I",
                confidence=Confidence.HIGH,
                spans=(at("100% Tổ công nghệ số cộng đồng được tập huấn, xong trước ngày 30/6/2026."),),
            ),
        ),
        tasks=(
            Task(
                id="n1",
                text="Kiểm tra đường truyền tại các khu phố.",
                kind=TaskKind.TASK,
                group="II.1",
                units=(
                    UnitRole(
                        name="Công an phường", canonical="Công an phường", role=Role.LEAD, span=at("Công an phường")
                    ),
                    UnitRole(name="các khu phố", canonical="các khu phố", role=Role.COORDINATE, span=at("các khu phố")),
                ),
                deadline=deadline,
                results=("Báo cáo kiểm tra.",),
                result_spans=(at("Báo cáo kiểm tra."),),
                confidence=Confidence.HIGH,
                spans=(at("Kiểm tra đường truyền tại các khu phố."),),
            ),
            Task(
                id="n2",
                text="Tuyên truyền hằng quý.",
                kind=TaskKind.TASK,
                group="II.1",
                deadline=Deadline(kind=DeadlineKind.RECURRING, rrule="FREQ=MONTHLY;INTERVAL=3", text="hằng quý"),
                spans=(at("Tuyên truyền hằng quý."),),
            ),
        ),
        funding=Funding(text="Ngân sách phường.", sources=("Ngân sách phường",), span=at("Ngân sách phường.")),
        problems=(
            Problem(code="number_blank", message="Số văn bản để trống.", severity=Severity.LOW, span=at("KẾ HOẠCH")),
        ),
    )


def commune() -> Record:
    """A commune whose name is that of several, so that its province stays open."""
    text, at = COMMUNE_TEXT, _finder(COMMUNE_TEXT)
    return Record(
        id=_id(text),
        source=_source("binh-thuan.txt", text),
        text=text,
        document=Head(
            kind="KH",
            number="7/KH-UBND",
            title="Chăm sóc sức khỏe nhân dân xã Bình Thuận năm 2025",
            issuer="UBND xã Bình Thuận",
            issuer_level=IssuerLevel.COMMUNE,
            issued=PartialDate(year=2025, month=2, day=14),
            period=Period(start=date(2025, 1, 1), end=date(2025, 12, 31)),
            locality=Locality(
                type="xã",
                name="Bình Thuận",
                candidates=(
                    Candidate(code="1", name="Bình Thuận", type="xã", province="Thái Nguyên"),
                    Candidate(code="2", name="Bình Thuận", type="xã", province="Sơn La"),
                ),
            ),
        ),
        targets=(
            Target(
                id="t1",
                text="Phấn đấu trên 95% người dân có thẻ bảo hiểm y tế.",
                scope=Scope.SPECIFIC,
                measures=(Measure(comparator=Comparator.MORE, value=95, unit="%", span=at("95%")),),
                modality=Modality.STRIVE,
                spans=(at("Phấn đấu trên 95% người dân có thẻ bảo hiểm y tế."),),
            ),
        ),
        tasks=(
            Task(
                id="n1",
                text="Trạm Y tế xã khám sức khỏe cho người cao tuổi trong tháng 10/2025.",
                kind=TaskKind.ASSIGNMENT,
                units=(UnitRole(name="Trạm Y tế xã", canonical="Trạm Y tế xã", role=Role.IMPLEMENT),),
                deadline=Deadline(
                    kind=DeadlineKind.MONTH, start=date(2025, 10, 1), end=date(2025, 10, 31), text="trong tháng 10/2025"
                ),
                spans=(at("Trạm Y tế xã khám sức khỏe cho người cao tuổi trong tháng 10/2025."),),
            ),
        ),
        problems=(
            Problem(
                code="locality_ambiguous", message="Có 2 xã cùng tên Bình Thuận.", severity=Severity.MEDIUM, span=None
            ),
        ),
    )


def department() -> Record:
    """A plan of several years that names no place, with a unit that the ward's plan has too, written otherwise."""
    text, at = DEPARTMENT_TEXT, _finder(DEPARTMENT_TEXT)
    return Record(
        id=_id(text),
        source=_source("pccc.txt", text),
        text=text,
        document=Head(
            kind="KH",
            title="Phòng cháy, chữa cháy trong trường học giai đoạn 2026 - 2030",
            issuer="Sở Giáo dục và Đào tạo",
            issuer_level=IssuerLevel.PROVINCE,
            period=Period(start=date(2026, 1, 1), end=date(2030, 12, 31)),
        ),
        targets=(
            Target(
                id="t1",
                text="100% trường học có phương án chữa cháy vào năm 2030.",
                scope=Scope.GENERAL,
                measures=(Measure(comparator=Comparator.EQUAL, value=100, unit="%"),),
                due=Deadline(kind=DeadlineKind.BY, end=date(2030, 12, 31), text="vào năm 2030"),
                spans=(at("100% trường học có phương án chữa cháy vào năm 2030."),),
            ),
        ),
        tasks=(
            Task(
                id="n1",
                text="Các trường học tổ chức diễn tập.",
                kind=TaskKind.TASK,
                units=(
                    UnitRole(name="Các trường học", canonical="Các trường học", role=Role.IMPLEMENT),
                    UnitRole(name="Các khu phố", canonical="Các khu phố", role=Role.COORDINATE),
                ),
                spans=(at("Các trường học tổ chức diễn tập."),),
            ),
        ),
    )


def all_records() -> tuple[Record, ...]:
    """The three of them."""
    return ward(), commune(), department()


def _id(text: str) -> str:
    return "kh-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def _source(filename: str, text: str, **more: object) -> Source:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    fields = {"media_type": "text/plain", "extractor": "kehoach-test", **more}
    return Source.model_validate({"filename": filename, "sha256": sha256, **fields})


def _finder(text: str):  # type: ignore[no-untyped-def]
    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start=start, end=start + len(words))

    return at
