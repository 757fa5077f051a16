"""The one frozen base of every declared value, and of every method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast, get_args

from numpy import ndarray
from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
)
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from softpower.methods.short_form import short_form, spell_out

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import InitErrorDetails

    Floats = NDArray[float64]
    """An array of figures; NaN is missing."""
    Mask = NDArray[bool_]
    """An array of yes and no."""
else:  # numpy.typing takes a tenth of the time of importing numpy, for nothing at run time
    Floats = Mask = ndarray

ABOVE_ZERO = 5e-324
"""The least number above zero."""


class Model(BaseModel):
    """The base of all declared values: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Method(Model):
    """One way to do one step: its fields are its parameters, its docstring its documentation.

    A subclass declares ``method: Literal["name"] = "name"`` and, in its docstring, a paragraph
    that starts with ``Formula:`` and one that starts with ``Source:``.
    """

    members: ClassVar[Mapping[str, str]] = {}
    """On the base class of a step: where the class of each name is (``module.Class`` beside the
    base). A field of the base's type takes a name, its short form or a table, and the class is
    imported when it is named."""

    positional: ClassVar[tuple[str, ...]] = ()
    """The parameters that the short form ``name:value:value`` gives in order."""

    @classmethod
    def name(cls) -> str:
        """Return the name that a methodology calls this method by."""
        return str(cls.model_fields["method"].default)

    def __str__(self) -> str:
        return short_form(self)

    def settled(self, *, positive: bool) -> Method:
        """Return the method with the parameters filled in that depend on the aggregation.

        ``positive`` says that an aggregation further on takes logarithms or reciprocals.
        """
        del positive
        return self

    def spelled(self, spelling: Callable[[str], str]) -> Self:
        """Return the method with the ids that its parameters name spelled otherwise."""
        del spelling
        return self

    @classmethod
    def member(cls, name: str) -> type[Method]:
        """Return the class of a name among the members."""
        module, _, found = cls.members[name].rpartition(".")
        package = cls.__module__.rpartition(".")[0]
        method: type[Method] = getattr(import_module(f"{package}.{module}"), found)
        return method

    @classmethod
    def member_class(cls, class_name: str) -> type[Method]:
        """Return the member whose class has this name.

        Raises
        ------
        AttributeError
            If there is none.
        """
        for name, where in cls.members.items():
            if where.rpartition(".")[2] == class_name:
                return cls.member(name)
        raise AttributeError(f"{cls.__name__} has no member {class_name!r}.")

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let a field of the type of a step's base class choose among the members."""
        if "members" not in cls.__dict__:
            return handler(source)
        return core_schema.no_info_plain_validator_function(cls._chosen)

    @classmethod
    def _chosen(cls, value: Any) -> Method:
        """Return the method that a name, a short form or a table stands for."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            value = spell_out(value, cls)
        if not isinstance(value, dict):
            raise PydanticKnownError("dict_type")
        name = value.get("method")
        if name is None:
            raise PydanticKnownError("union_tag_not_found", {"discriminator": "method"})
        if name not in cls.members:
            context = {"discriminator": "method", "tag": str(name), "expected_tags": ""}
            raise PydanticKnownError("union_tag_invalid", context)
        try:
            return cls.member(name).model_validate(value)
        except ValidationError as error:
            details = cast("list[InitErrorDetails]", error.errors(include_url=False))
            for detail in details:
                detail["loc"] = (name, *detail["loc"])
            raise ValidationError.from_exception_data(error.title, details) from error

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Offer the names of the members, and their tables, for an editor to complete."""
        if "members" not in cls.__dict__:
            return handler(schema)
        tables = [handler(cls.member(name).__pydantic_core_schema__) for name in cls.members]
        names = list(cls.members)
        text = {"type": "string", "pattern": f"^({'|'.join(names)})(:.*)?$", "examples": names}
        return {"anyOf": [text, {"oneOf": tables}]}


def family_of(annotation: Any) -> type[Method] | None:
    """Return the base class among whose members a field of this type chooses, if there is one."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Method) else None
    return next((found for part in get_args(annotation) if (found := family_of(part))), None)


def methods_of(annotation: Any) -> tuple[type[Method], ...]:
    """Return the method classes that a field of this type chooses from, or none."""
    family = family_of(annotation)
    return tuple(map(family.member, family.members)) if family is not None else ()
