"""``softpower schema``."""

from __future__ import annotations

from pathlib import Path

import click

from softpower.cli.command import Command, option, tell
from softpower.cli.forms import File
from softpower.cli.options import OUTPUT


@click.command(cls=Command, examples=("softpower schema", "softpower schema -o index.schema.json"))
@option("-o", "--output", metavar="FILE", type=File(), group=OUTPUT, help="Write it to a file.")
def schema(output: Path | None) -> None:
    """Print the JSON Schema of index.toml, for editors."""
    import json

    from softpower.index.schema import schema as make

    text = json.dumps(make(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    from softpower.index.own import refuse_own
    from softpower.render.files import write_whole

    if output.suffix.lower() != ".json":
        raise click.UsageError(f"The schema is JSON: let {output} end in .json.")

    refuse_own(output)
    write_whole(output, text.encode())
    tell(f"Written to {output}")
