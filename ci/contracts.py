"""A contract for import-linter: which of our own modules a package may import directly."""

from __future__ import annotations

from collections.abc import Iterable

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def is_within(module: str, packages: Iterable[str]) -> bool:
    """Whether dotted name `module` is one of `packages` or lies under one of them."""
    return any(module == package or module.startswith(package + ".") for package in packages)


def strays(graph: ImportGraph, package: str, allowed: set[str]) -> list[tuple[str, str]]:
    """(importer, imported) of every direct import out of `package` that `allowed` does not cover.

    Libraries are left out: they are squashed in the graph and are no business of this contract.
    """
    importers = {package} | graph.find_descendants(package)
    return sorted(
        (importer, imported)
        for importer in importers
        for imported in graph.find_modules_directly_imported_by(importer)
        if not graph.is_module_squashed(imported) and not is_within(imported, allowed)
    )


class MayImport(Contract):
    """`package` imports, of the root packages, only modules that `allowed` names or contains."""

    type_name = "may_import"

    package = fields.StringField()
    allowed = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Compare every direct import of the package with the allowed modules."""
        found = strays(graph, str(self.package), {str(name) for name in self.allowed})  # type: ignore[attr-defined]
        return ContractCheck(kept=not found, metadata={"strays": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each import that should not be."""
        for importer, imported in check.metadata["strays"]:
            output.print_error(f"{importer} must not import {imported}")
