"""The types of what a record holds, as marks show them: a name of the record, its Vietnamese, a colour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` as in the record and in CSS, `title` for the reader."""

    name: str
    title: str
    color: tuple[int, int, int]

    @property
    def hex(self) -> str:
        """The colour as CSS writes it."""
        return "#{:02x}{:02x}{:02x}".format(*self.color)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("document", "Thông tin văn bản", (31, 119, 180)),
        Kind("legal_bases", "Căn cứ", (140, 86, 75)),
        Kind("references", "Viện dẫn", (186, 142, 90)),
        Kind("sections", "Đề mục", (110, 110, 110)),
        Kind("targets", "Chỉ tiêu", (24, 140, 40)),
        Kind("measures", "Số đo", (0, 150, 150)),
        Kind("tasks", "Nhiệm vụ", (240, 120, 0)),
        Kind("units", "Đơn vị", (120, 70, 190)),
        Kind("deadlines", "Thời hạn", (214, 39, 40)),
        Kind("results", "Kết quả", (225, 90, 185)),
        Kind("funding", "Kinh phí", (130, 130, 0)),
        Kind("problems", "Vấn đề", (230, 0, 230)),
    )
}
RANKS = {name: rank for rank, name in enumerate(KINDS)}
