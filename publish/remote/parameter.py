"""A parameter of a command that is a path or a URL."""

import click

from publish.remote.location import PACKAGES, Location, Remote, located

_SAID = ", ".join(f"{scheme}://" for scheme in ("file", *PACKAGES) if scheme != "memory")


class LocationType(click.ParamType):  # type: ignore[type-arg]  # of later click only
    """The type of a command's parameter that is a path or a URL."""

    name = "location"

    def convert(self, value: str | Location, param: click.Parameter | None, context: click.Context | None) -> Location:
        """What was given, or UsageError."""
        if isinstance(value, Remote):
            return value
        try:
            return located(value)
        except ValueError:
            self.fail(f"không đọc được địa chỉ {value}; cần một đường dẫn, hoặc một trong {_SAID}", param, context)
