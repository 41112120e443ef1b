"""Expressions of Jinja give the text that Jinja gives: each is worked out by both, on the same data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import jinja2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collateral.expressions import ExpressionError, Formats, parse, tag_value, to_text

DATA: dict[str, Any] = {
    "a": 3,
    "b": 2.5,
    "c": True,
    "n": None,
    "neg": -7,
    "i0": 0,
    "big": 1234567.891,
    "num": "42",
    "flt": "3.7",
    "s": "hello world",
    "es": "",
    "sp": "  pad  ",
    "t": "The quick brown fox jumps over the lazy dog",
    "html": "<b>Bold</b> &amp; <i>it</i>",
    "multi": "line one\nline two\n\nline four",
    "xs": [3, 1, 2],
    "ys": ["b", "a", "C"],
    "tup": (1, 2),
    "empty": [],
    "d": {"b": 2, "a": 1, "C": 3},
    "nest": {"k": {"z": [1, 2, {"q": "Q"}]}},
    "rows": [
        {"n": "B", "v": 2, "g": "x"},
        {"n": "a", "v": 5, "g": "y"},
        {"n": "C", "v": 3, "g": "x"},
        {"n": "b", "v": 2, "g": "y"},
    ],
    "day": date(2026, 3, 4),
    "dt": datetime(2026, 3, 4, 15, 7),
}
JINJA = jinja2.Environment(autoescape=False)
PLAIN = Formats("")
"""Without a language, values are written as Jinja writes them."""


def by_jinja(source: str, **data: object) -> str:
    return JINJA.from_string("{{ " + source + " }}").render({**DATA, **data})


def ours(source: str, **data: object) -> str:
    expression, problems = parse(source)
    assert expression is not None, problems
    return to_text(tag_value(expression, {**DATA, **data}, PLAIN), PLAIN)


EXPRESSIONS = r"""
a
b
c
neg
s|upper
a+b
a-b
a*b
a/b
a%2
2**3
-a
+a
7//2
-7//2
7%3
-7%3
7.5%2
1e3
1.5e-3
1_000
0x1f
s[0]
s[-1]
s[1:3]
s[:3]
s[::2]
s[::-1]
xs[0]
xs[-1]
xs[1:3]|join
d.b
d["b"]
nest.k.z[2].q
nest["k"]["z"][0]
a~b
s~"!"
a~"x"~b
{"a":1}.a
{"a":1}["a"]
(1,2)[0]
[1,2][1]
1<2<3
3>2>1
1<3<2
a==3
a!=3
a<5
a>=3
b==2.5
"a"<"b"
a==3.0
c==true
n==none
1==1.0
"1"==1
[1]==[1]
a if c
'y' if n
('y' if n else 'z')
not n
not a
a and b
a or b
n or b
es or 'x'
3 in xs
9 in xs
3 not in xs
'wor' in s
'a' in d
s|length
xs|length
d|length
s|count
xs|first
xs|last
s|first
ys|sort|join(',')
xs|sort(reverse=true)|join(',')
xs|sort(true)|join(',')
rows|sort(attribute='n')|map(attribute='n')|join(',')
rows|sort(attribute='g,v')|map(attribute='n')|join(',')
rows|sort(attribute='v',reverse=true)|map(attribute='n')|join(',')
d|sort|join(',')
xs|sum
rows|sum('v')
rows|sum(attribute='v')
rows|sum(attribute='v',start=10)
xs|sum(start=5)
xs|sum(none,5)
xs|min
xs|max
(rows|min(attribute='v')).n
(rows|max(attribute='v')).n
(rows|min(attribute='n')).n
ys|min
ys|max
empty|sum
xs|unique|join
rows|unique(attribute='g')|map(attribute='n')|join
xs|reverse|join
s|reverse
xs|batch(2,'x')|map('join')|join(';')
d.keys()|join
d.values()|join
d|list|join
rows|map(attribute='n')|join(',')
rows|map(attribute='zz',default='?')|join(',')
xs|map('string')|join
ys|map('upper')|join
s|map('upper')|join
rows|map(attribute='g')|map('upper')|join(',')
xs|map('format')|join
xs|select('odd')|join
xs|select('gt',1)|join
xs|select|join
xs|reject('odd')|join
xs|reject|join
xs|reject('gt',1)|join
rows|selectattr('v','gt',2)|map(attribute='n')|join
rows|selectattr('v','==',2)|map(attribute='n')|join
rows|selectattr('v')|map(attribute='n')|join
rows|rejectattr('v','equalto',2)|map(attribute='n')|join
rows|selectattr('g','in',['x'])|map(attribute='n')|join
rows|selectattr('zz','defined')|map(attribute='n')|join
rows|selectattr('zz','undefined')|map(attribute='n')|join
rows|selectattr('n','string')|map(attribute='n')|join
rows|rejectattr('zz')|map(attribute='n')|join
xs|select('in',[1,2])|join
xs|select('number')|join
rows|groupby('g')|map('first')|join
[true,false,true]|sort|join(',')
[{'o':true,'k':1},{'o':false,'k':2},{'o':true,'k':3}]|sort(attribute='o')|map(attribute='k')|join
[{'o':true,'k':1},{'o':false,'k':2},{'o':true,'k':3}]|groupby('o')|map(attribute='grouper')|join(',')
[false,true]|max
rows|groupby('g')|map(attribute='grouper')|join
xs|join
xs|join(',')
xs|join('-')
rows|join(',','n')
rows|join(',',attribute='v')
d|join(',')
s|join('-')
s|title
s|capitalize
"hELLO"|capitalize
"it's all"|title
"foo-bar (baz)"|title
s|upper
"ABC"|lower
sp|trim
"--x--"|trim('-')
s|replace('o','0')
s|replace('o','0',1)
s|replace("","-")
t|truncate(20,false,'...')
t|truncate(43)
s|wordcount
""|wordcount
42.55|round(1,'floor')
42.55|round(1,'ceil')
7|round
a|round
3.14159|round(precision=2)
neg|abs
-2.5|abs
a|abs
num|int
flt|float
flt|int
"x"|int
"x"|int(7)
3.99|int
"3.99"|int
"1e3"|int
" 12 "|int
"42"|int+1
"12x"|int(5)
""|int
2.0
7/2
1.0*3
3.0
a|string|length
b|string
c|string
"%s is %d"|format("x",3)
"%.2f"|format(3.14159)
"%5d|"|format(3)
"%-5s|"|format("a")
"%05.1f"|format(3.14)
"%x"|format(255)
"%(a)s"|format(a=1)
"%%"|format
"%+d"|format(5)
"{} {}".format(1,"b")
"{0}{1}{0}".format("a","b")
"{:>8}|".format("x")
"{:^8}|".format("x")
"{:.3f}".format(3.14159)
"{:,}".format(1234567)
"{:,.2f}".format(big)
"{:05d}".format(42)
"{:.1%}".format(0.123)
"{n}".format(n="x")
"{:x}".format(255)
"{:%d.%m.%Y}".format(day)
"{:+}".format(5)
"{:*^9}".format("mid")
s.upper()
s.lower()
s.title()
s.capitalize()
s.strip()
sp.strip()
s.split()|join("-")
s.replace("o","0")
s.replace("o","0",1)
s.startswith("he")
s.endswith("ld")
",".join(ys)
"a,b".split(",")[0]
d.get("b")
d.get("x","y")
d.get("x",0)
day.year
day.month
day.day
dt.hour
dt.minute
day.strftime("%d/%m/%Y")
dt.strftime("%H:%M")
day
day|string
dt
day<day
a is defined
zz is defined
zz is undefined
a is number
s is string
xs is sequence
d is mapping
xs is iterable
s is iterable
a is iterable
d is iterable
a is odd
a is even
a is divisibleby(3)
a is divisibleby 3
n is none
c is boolean
c is true
c is false
a is eq(3)
a is eq 3
a is ge(3)
a is lt(3)
a is in(xs)
a is in xs
a is not in xs
d.b is defined
d.zz is defined
a is ne(3)
day is string
a is not none
zz|default('x')
n|default('x',true)
es|default('x')
es|default('x',true)
zz|d
zz|default
a|default('x')
i0|default('x',true)
es|default('k',boolean=true)
range(3)|list|join
range(1,4)|join
range(0,10,3)|join
range(5)|sum
range(3)|length
s|urlencode
"a&b=c/d é"|urlencode
xs|list|length
s|list|join('.')
d|list|join
d|length
d|first
d|last
(d|items|first)[0]
xs|map('abs')|list|length
a|e
s|safe
s|forceescape
(xs|sort)[0]
(xs|sort)[-1]
(s|upper)[0]
(s.split())[1]
s.split()[1]
s.split()[-1]|upper
(a+1)*2
(a,b)|join
(a,b)|sum
[a,b,neg]|max
[xs,ys]|length
[[1,2],[3]]|map('first')|join
[[1,2],[3]]|map('sum')|join(',')
[[1,2],[3]]|sum(start=[])|join
"a" "b"
'it''s'
"a\"b"
"a\nb"
"\u00e9"
True
true
false
False
xs[0] if xs
xs[9]|default('no')
nest.k.z|length
nest.k.zz|default('-')
d['b']
d[s]|default('x')
rows[0].n
rows[-1]['n']
rows[0]['n']|lower
rows|length
rows|map(attribute='n')|first
rows[1:]|map(attribute='v')|sum
rows|selectattr('v','lt',4)|sum(attribute='v')
rows|map(attribute='v')|max
rows|map(attribute='v')|select('odd')|list|length
big|round(2)
big|int
'{:,.0f}'.format(big)
'{:,.0f}'.format(big).replace(',','.')
"%0.2f"%b
"%s-%s"%(a,b)
"%s"%s
'%d%%'%a
s|title|replace(' ','_')
s|upper|lower|title
t.split()|map('length')|list|sum
t|wordcount
t.split()|map('capitalize')|join(' ')
t.split()|sort|first
ys|map('lower')|sort|join
s|string|upper
tup|join
tup[0]
tup|sum
s|trim|length
multi|replace('\n',' ')
multi.split('\n')|length
none or ''
none|default('',true)|upper
zz|default([])|length
not zz
zz or 1
'' or 'b'
0 or 5
xs and 'has'
empty and 'has' or 'none'
'abc' is in('abcd')
2 is in [1,2]
'a' is eq('a')
5 is divisibleby(5)
'5' is number
1 if 0
1 if 0 else 2
"""


@pytest.mark.parametrize("source", EXPRESSIONS.strip().splitlines())
def test_expression_gives_what_jinja_gives(source: str) -> None:
    assert ours(source) == by_jinja(source)


WORDS = st.text(alphabet="ab-é .\n", max_size=60)


@given(WORDS, st.integers(1, 30), st.booleans(), st.booleans())
def test_texts_are_wrapped_and_set_in_as_by_jinja(text: str, width: int, one: bool, other: bool) -> None:
    for source in ("t | wordwrap(w, one, none, other)", "t | indent(w, one, other)", "t | center(w)"):
        assert ours(source, t=text, w=width, one=one, other=other) == by_jinja(
            source, t=text, w=width, one=one, other=other
        )


@given(st.text(alphabet="<>!-/ab &;", max_size=40))
@example("a<!-->b")
@example("a<b><!--<i>c<!-- -->-->d<!-- <e>")
def test_tags_are_taken_out_as_by_jinja(text: str) -> None:
    assert ours("t | striptags", t=text) == by_jinja("t | striptags", t=text)


@given(st.lists(st.integers(0, 9)), st.integers(1, 12))
def test_lists_are_parted_as_by_jinja(items: list[int], parts: int) -> None:
    for each in ("slice(p)", "slice(p, 0)", "batch(p)", "batch(p, 0)"):
        source = f"xs | {each} | map('join', ',') | join(';')"
        assert ours(source, xs=items, p=parts) == by_jinja(source, xs=items, p=parts)


@given(st.lists(st.text(alphabet="aAbBß", max_size=3), min_size=1))
def test_texts_are_told_apart_and_ordered_as_by_jinja(texts: list[str]) -> None:
    asked = (
        "min",
        "max",
        "sort | join(',')",
        "sort(true) | join(',')",
        "unique | join(',')",
        "unique(true) | join(',')",
    )
    lower = [text for text in texts if text.lower() == text.casefold()]  # ours knows that ß is ss
    for each in asked if lower else ():
        assert ours(f"xs | {each}", xs=lower) == by_jinja(f"xs | {each}", xs=lower)


@pytest.mark.parametrize(
    "source",
    [
        "'a' * 100000000000",
        "100000000000 * 'a'",
        "[1] * 1000000",
        "s | center(10000000)",
        "s.ljust(10000000)",
        "num.zfill(10000000)",
        "(multi * 1) | indent(100000)",
        "('a ' * 400000) | wordwrap(1, wrapstring='xxxxxxxxxx')",
        "xs | slice(1000000)",
        "xs | batch(10000000)",
        "('9' * 100000) | int(0, 16)",
        "('9' * 100000) | int",
        "dict(xs)",
        "{'a': 1}.b.c",
        "xs | map('upper', 3) | list",
        "xs | select('divisibleby') | list",
        "d | dictsort(by='age')",
        "'{0.__class__}'.format(s)",
        "rows | map('attr', '__class__') | list | first",
    ],
)
def test_what_would_grow_without_bound_or_reach_beyond_the_data_is_refused(source: str) -> None:
    expression, _ = parse(source)
    if expression is not None:
        with pytest.raises(ExpressionError):
            to_text(tag_value(expression, DATA, PLAIN), PLAIN)


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("xs.append(1)", "a tag changes no data"),
        ("cycler('a', 'b')", "loop.cycle"),
        ("joiner(', ')", "loop.first"),
        ("s | urlize", "type the link"),
        ("s | pprint", "tojson"),
        ("s is callable", "is defined"),
        ("s.uper()", 'did you mean "upper"?'),
    ],
)
def test_what_is_refused_says_what_to_write_instead(source: str, hint: str) -> None:
    expression, problems = parse(source)
    assert expression is None
    assert hint in problems[0].hints[0]
