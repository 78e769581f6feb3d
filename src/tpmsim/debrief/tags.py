"""Elements of HTML and SVG, built as a tree: text and attributes are escaped when it is written, and only there.

There is no way to put markup in as text, so no stranger's text can become any.
"""

from xml.etree.ElementTree import Element, tostring

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""definition: what a browser may load for a page: nothing but the style within it."""

Child = Element | str | None
"""What may stand in an element; None is left out."""


def tag(name: str, /, *children: Child, **attributes: str | float) -> Element:
    """An element.

    Args:
        name: of the element.
        children: in order.
        attributes: an underscore at the end is dropped (`class_`), others become hyphens (`text_anchor`).
    """
    element = Element(name, {_name(key): _value(value) for key, value in attributes.items()})
    for child in children:
        if isinstance(child, str):
            _add_text(element, child)
        elif child is not None:
            element.append(child)
    return element


def document(title: str, style: str, body: Element) -> str:
    """A page of HTML that opens without a network: first in its head stands what would keep it from loading anything.

    Args:
        title: of the page.
        style: rules of its style.
        body: all that is shown.
    """
    head = tag(
        "head",
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", style),
    )
    return f"<!doctype html>\n{written(tag('html', head, body, lang='en'))}\n"


def written(element: Element) -> str:
    """The element as HTML."""
    return tostring(element, encoding="unicode", method="html")


def number(value: float) -> str:
    """A coordinate with at most three decimals, finer than any eye."""
    return f"{value + 0.0:.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.0005 else "0"


def _add_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)
