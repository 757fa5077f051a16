"""The one frozen base of every declared value, and how a method is written in short."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, get_args, get_origin

from numpy import ndarray
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray
    from pydantic.json_schema import JsonSchemaValue

    Floats = NDArray[float64]
    """An array of figures; NaN is missing."""
    Mask = NDArray[bool_]
    """An array of yes and no."""
else:  # numpy.typing takes a tenth of the time of importing numpy, for nothing at run time
    Floats = Mask = ndarray

AMERICAN = {
    "normalize": "normalise",
    "winsorize": "winsorise",
    "license": "licence",
    "center": "centre",
}
"""American spellings that a command line may use for the British ones of the files."""


class Model(BaseModel):
    """The base of all declared values: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Method(Model):
    """One way to do one step: its fields are its parameters, its docstring its documentation.

    A subclass declares ``method: Literal["name"] = "name"`` and, in its docstring, a paragraph
    that starts with ``Formula:`` and one that starts with ``Source:``.
    """

    positional: ClassVar[tuple[str, ...]] = ()
    """The parameters that the short form ``name:value:value`` gives in order."""

    @classmethod
    def name(cls) -> str:
        """Return the name that a methodology calls this method by."""
        return str(cls.model_fields["method"].default)

    def settled(self, *, positive: bool) -> Method:
        """Return the method with the parameters filled in that depend on the aggregation.

        ``positive`` says that an aggregation further on takes logarithms or reciprocals.
        """
        del positive
        return self


def methods_of(annotation: Any) -> tuple[type[Method], ...]:
    """Return the method classes that a field of this type chooses from, or none."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    members = get_args(annotation) or (annotation,)
    found: list[type[Method]] = []
    for member in members:
        if isinstance(member, type):
            if issubclass(member, Method):
                found.append(member)
        elif get_args(member):
            found.extend(methods_of(member))
    return tuple(dict.fromkeys(found))


class Short:
    """Lets a method be written as ``"name"`` or ``"name:value:key=value"`` as well as in full."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Spell the short form out before the discriminated union validates it."""
        classes = {cls.name(): cls for cls in methods_of(source)}

        def spelled_out(value: Any) -> Any:
            return spell_out(value, classes) if isinstance(value, str) else value

        return core_schema.no_info_before_validator_function(spelled_out, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Offer the names beside the objects, so that an editor completes either."""
        inner = handler(schema)
        names = list(handler.resolve_ref_schema(inner).get("discriminator", {}).get("mapping", {}))
        text = {"type": "string", "pattern": f"^({'|'.join(names)})(:.*)?$", "examples": names}
        return {"anyOf": [text, inner]}


def spell_out(text: str, classes: dict[str, type[Method]]) -> dict[str, Any]:
    """Return the short form of a method as a mapping, for the models to validate.

    ``"power:2"`` becomes ``{"method": "power", "p": "2"}``, and ``"minmax:low=1"`` becomes
    ``{"method": "minmax", "low": "1"}``.
    """
    name, *arguments = text.strip().split(":")
    name = AMERICAN.get(name, name)
    spelled: dict[str, Any] = {"method": name}
    free: Iterable[str] = iter(classes[name].positional) if name in classes else iter(())
    for argument in arguments:
        key, equals, value = argument.partition("=")
        if not equals:
            key, value = next(iter(free), argument), argument
        spelled[AMERICAN.get(key, key)] = value
    return spelled
