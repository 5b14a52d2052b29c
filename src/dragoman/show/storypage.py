"""Stories, differences and threads as one HTML page that stands alone, without script.

In: `Story`s, a `Difference`, `Thread`s. Out: a page. Everything that comes from an article is escaped, and the page's own policy
lets no script and no other style run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.link.differences import Difference, Wording
from dragoman.link.records import Membership, Occurrence, Story, Teller, Telling
from dragoman.link.threads import Thread
from dragoman.show.labels import NOTHING, interval_label, language_name
from dragoman.show.matrix import happening, rows_of
from dragoman.show.shell import shell, text


def stories_page(stories: Sequence[Story], *, everything: bool = False) -> str:
    """A page with the articles and the matrix of each story."""
    title = stories[0].title if len(stories) == 1 else f"{len(stories)} stories"
    return _page(title, "".join(_story(story, everything=everything) for story in stories))


def difference_page(found: Difference, title: str) -> str:
    """Two accounts side by side."""
    one, other = found.one.teller, found.other.teller
    lists = "".join(
        f"<div><h2>{text(head)}</h2>{_occurrences(list_)}</div>"
        for head, list_ in (
            ("Both tell", found.both),
            (f"Only {_name(one)}", found.only_one),
            (f"Only {_name(other)}", found.only_other),
        )
    )
    contradictions = "".join(
        f"<li><b>{text(c.matter)}</b>: {text(happening(c.occurrence))}<br>{text(_name(one))}: {text(c.one)}"
        f"<br>{text(_name(other))}: {text(c.other)}</li>"
        for c in found.contradictions
    )
    body = (
        f"<h1>{text(_name(one))} and {text(_name(other))}</h1><p class='about'>{text(title)}</p>"
        f"<div class='two'>{lists}</div><h2>They contradict each other</h2>"
        + (f"<ul>{contradictions}</ul>" if contradictions else "<p class='soft'>In nothing.</p>")
        + "".join(_wording(wording, one, other) for wording in found.wordings)
    )
    return _page(f"{_name(one)} and {_name(other)}: {title}", body)


def threads_page(threads: Sequence[Thread]) -> str:
    """Claims over time."""
    return _page(f"{len(threads)} threads", "".join(map(_thread, threads)) or "<p>No claim is told in two stories.</p>")


def _story(story: Story, *, everything: bool) -> str:
    rows = rows_of(story, everything=everything)
    hidden = len(story.occurrences) - len(rows)
    heads = "".join(
        f'<th scope="col" class="{teller.kind}" title="{text(teller.name)}">{text(_name(teller))}</th>'
        for teller in story.tellers
    )
    body = "".join(_row(one, story.tellers) for one in rows)
    rest = f'<p class="soft">{hidden} more are told by one outlet alone.</p>' if hidden else ""
    return (
        f"<section><h1>{text(story.title)}</h1><p class='about'>{text(', '.join(story.parties))}</p>"
        f"<h2>{len(story.articles)} articles</h2><ul class='articles'>{''.join(map(_article, story.articles))}</ul>"
        f"<h2>Who tells what</h2><div class='scroll' tabindex='0' role='region' aria-label='Who tells what'><table>"
        f"<thead><tr><th scope='col'>What is told</th><th scope='col'>Status</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{rest}</section>"
    )


def _article(member: Membership) -> str:
    about = [member.outlet or member.article, interval_label(member.published), language_name(member.language)]
    copy = f" · copy of {member.copy_of}" if member.copy_of else ""
    title = f'<span lang="{text(member.language)}" dir="auto">{text(member.title or member.article)}</span>'
    return f"<li>{title}<br><span class='soft'>{text(' · '.join(about) + copy)}</span></li>"


def _row(one: Occurrence, tellers: Iterable[Teller]) -> str:
    cells = "".join(_cell(one.telling(teller.id), _name(teller)) for teller in tellers)
    return (
        f"<tr><th scope='row'><b>{text(happening(one))}</b><br><q dir='auto'>{text(one.title)}</q></th>"
        f"<td class='status {one.status.replace(' ', '-')}'>{one.status}</td>{cells}</tr>"
    )


def _cell(telling: Telling, teller: str) -> str:
    """One cell of the matrix. On a narrow screen it names its teller, and an empty one is not shown."""
    words = "".join(f"<p dir='auto'>“{text(e.words)}”<cite>{text(e.article)}</cite></p>" for e in telling.evidence)
    if telling.stance == "silent":
        shown = f"<details><summary>cites</summary>{words}</details>" if telling.evidence else NOTHING
        return f"<td class='silent{'' if telling.evidence else ' empty'}' data-teller=\"{text(teller)}\">{shown}</td>"
    since = f"<p class='soft'>since {telling.since}</p>" if telling.since else ""
    return f"<td class='{telling.stance}' data-teller=\"{text(teller)}\"><details><summary>{telling.stance}</summary>{words}{since}</details></td>"


def _occurrences(found: Sequence[Occurrence]) -> str:
    rows = "".join(f"<li><b>{text(happening(one))}</b><br><q dir='auto'>{text(one.title)}</q></li>" for one in found)
    return f"<ul>{rows}</ul>" if rows else "<p class='soft'>Nothing.</p>"


def _wording(wording: Wording, one: Teller, other: Teller) -> str:
    sides = "".join(
        f"<div><b>{text(_name(teller))}</b>{''.join(f'<blockquote dir=auto>{_marked(words, only)}</blockquote>' for words in told)}</div>"
        for teller, told, only in ((one, wording.one, wording.only_one), (other, wording.other, wording.only_other))
    )
    return f"<h2>{text(happening(wording.occurrence))}</h2><div class='two'>{sides}</div>"


def _marked(words: str, only: Iterable[str]) -> str:
    """The words, those that only this teller uses marked."""
    alone = set(only)
    return " ".join(
        f"<mark>{text(word)}</mark>" if word.strip(".,;:!?\"'“”«»()") in alone else text(word) for word in words.split()
    )


def _thread(thread: Thread) -> str:
    who = ", ".join(thread.actors) or NOTHING
    whom = f" → {', '.join(thread.recipients)}" if thread.recipients else ""
    what = thread.type or "says"
    turns = "".join(
        f"<tr><td>{turn.day or 'undated'}</td><td>{text(turn.teller)}</td><td class='{turn.stance}'>{turn.stance}</td>"
        f"<td dir='auto'>{text(turn.words)}</td></tr>"
        for turn in thread.turns
    )
    status = f"<span class='{thread.status.replace(' ', '-')}'>{thread.status}</span>"
    return (
        f"<section><h1>{text(f'{what}: {who}{whom}')}</h1><p><q dir='auto'>{text(thread.title)}</q> {status}</p>"
        f"<table><tbody>{turns}</tbody></table></section>"
    )


def _name(teller: Teller) -> str:
    return teller.name if teller.kind == "outlet" or teller.id.startswith("name:") else teller.id


def _page(title: str, body: str) -> str:
    return shell(title, f"<main>\n{body}\n</main>", ("colours.css", "story.css"))
