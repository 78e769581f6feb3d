"""The forms in which a graph of a scenario is written: Mermaid for pages, dot for Graphviz, an outline to read."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tpmsim.scenario.graph import Edge, Graph, Node

LEGEND: Final = "=> leads to: the card or ending whose condition reads this card or answer"
"""Ends an outline in which the sign occurs."""


def mermaid(drawn: Graph) -> str:
    """A flowchart of Mermaid."""
    ids = {node.id: f"n{number}" for number, node in enumerate(drawn.nodes)}
    shapes = {"stage": '(["{}"])', "card": '["{}"]', "answer": '("{}")', "ending": '{{{{"{}"}}}}'}
    lines = ["flowchart LR"]
    lines += [f"    {ids[one.id]}{shapes[one.kind].format(_label(one, '<br/>'))}" for one in drawn.nodes]
    for edge in drawn.edges:
        by = _by(edge)
        arrow = f'-- "{by}" -->' if by else "-->"
        lines.append(f"    {ids[edge.source]} {arrow} {ids[edge.target]}")
    unreached = [ids[one.id] for one in drawn.nodes if one.hits == 0]
    if unreached:
        lines += [
            "    classDef unreached stroke-dasharray: 5 5,color:#888",
            f"    class {','.join(unreached)} unreached",
        ]
    return "\n".join(lines) + "\n"


def dot(drawn: Graph) -> str:
    """A digraph of Graphviz."""
    shapes = {"stage": "oval", "card": "box", "answer": "plaintext", "ending": "hexagon"}
    lines = ["digraph scenario {", "    rankdir=LR;"]
    for one in drawn.nodes:
        style = " style=dashed" if one.hits == 0 else ""
        lines.append(f'    "{one.id}" [label="{_label(one, chr(92) + "n")}" shape={shapes[one.kind]}{style}];')
    for edge in drawn.edges:
        width = f" penwidth={1 + min(edge.hits, 999) / 250:.1f}" if edge.hits else ""
        lines.append(f'    "{edge.source}" -> "{edge.target}" [label="{_by(edge)}"{width}];')
    return "\n".join([*lines, "}"]) + "\n"


def text(drawn: Graph) -> str:
    """An outline for a terminal: stages, the cards of each, their answers, and what those lead to."""
    lines = []
    for stage in (one for one in drawn.nodes if one.kind == "stage"):
        ways = [edge for edge in drawn.leaving(stage.id) if edge.target.startswith("stage:")]
        lines.append(stage.title)
        lines += [f"  -> {drawn.node(edge.target).title}: {_by(edge)}" for edge in ways]
        for edge in drawn.leaving(stage.id):
            if not edge.target.startswith("stage:"):
                lines += list(_outlined(drawn, drawn.node(edge.target)))
    if any("=> " in line for line in lines):
        lines += ["", LEGEND]
    return "\n".join(lines) + "\n"


def _outlined(drawn: Graph, node: Node) -> Iterator[str]:
    yield f"  {node.kind} {_label(node, ' ')}"
    for edge in drawn.leaving(node.id):
        target = drawn.node(edge.target)
        if target.kind == "answer":
            leads = ", ".join(f"{one.target}" for one in drawn.leaving(target.id))
            yield f"    - {_label(target, ' ')}{f'  => {leads}' if leads else ''}"
        else:
            yield f"    => {target.id}{f' ({edge.by})' if edge.by else ''}"


def _label(node: Node, between: str) -> str:
    return node.title if node.hits is None else f"{node.title}{between}({node.hits:,})"


def _by(edge: Edge) -> str:
    count = f"{edge.hits:,}" if edge.hits is not None else ""
    return f"{edge.by} ({count})" if edge.by and count else edge.by or count


FORMS: Final[Mapping[str, Callable[[Graph], str]]] = {"mermaid": mermaid, "dot": dot, "text": text}
