"""The shape every configuration file is held to: strict, frozen, unknown keys refused."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """The parent of all settings; a fault never quotes the value it refuses (it could be a secret)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, str_strip_whitespace=True)
