"""A page read at one moment after another."""

from __future__ import annotations

from playwright.sync_api import Page

_AS_SERVED = """async () => {
  const served = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  document.body.replaceWith(document.adoptNode(served.body));
  const script = Object.assign(document.createElement('script'), {
    src: document.querySelector('head script[src$="trang.js"]').src,
  });
  const ran = new Promise((resolve, reject) => { script.onload = resolve; script.onerror = reject; });
  document.head.append(script);
  await ran;
  script.remove();
}"""


def at(page: Page, moment: str, address: str) -> None:
    """Read an address at a moment.

    The address that is open already gets the body that the site serves and runs the site's script anew, which costs a
    tenth of opening it and shows the same.
    """
    page.clock.set_fixed_time(moment)
    if page.url == address:
        page.evaluate(_AS_SERVED)
    else:
        page.goto(address, wait_until="domcontentloaded")  # the script has run by then
