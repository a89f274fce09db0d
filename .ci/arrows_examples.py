"""What .ci/arrows is tried on before it is trusted."""

# The rooms of a small program, whose table has three floors, and its files.
SMALL = "top | lib main | below\nhigh | a | below\nhigh | b | low\nlow | c d |"
FILES = {name: "" for name in ("lib.rs", "main.rs", "a/mod.rs", "a/deep.rs", "b.rs", "c.rs", "d.rs")}

# Sources, and what has to be said of them: nothing, where they are right.
EXAMPLES = [
    ({"a/mod.rs": "use crate::{c::X, d};\nuse super::c; mod tests { use super::super::d; use crate::a; }"}, None),
    ({"d.rs": "fn helper() {} mod tests { use super::helper; mod deeper { use super::super::helper; } }"}, None),
    ({"lib.rs": "use crate::a;", "main.rs": "fn main() { persony::a::f() }"}, None),
    ({"c.rs": '// use crate::a;\n/* /* */ crate::a::f() */ const T: &str = "persony::a";'}, None),
    ({"c.rs": "fn f<'a>(_: &'a str, _: &'a str) {} const B: u8 = b'\\'';"}, None),
    ({"a/deep.rs": "use super::helper; use super::super::c; pub(crate) fn f() { let q = '\"'; crate::d::f(q) }"}, None),
    ({"c.rs": "\nuse crate::a::X;"}, "c.rs:2: c must not use a"),
    ({"c.rs": "use crate::d;"}, "c.rs:1: c must not use d"),
    ({"b.rs": "use crate::a::f;"}, "b.rs:1: b must not use a"),
    ({"b.rs": "use crate::{c, c::{X, Y}, a::{Z}, d};"}, "b.rs:1: b must not use a"),
    ({"b.rs": "use crate::{\n  c,\n  d::{self, f},\n  a};"}, "b.rs:1: b must not use a"),
    ({"d.rs": 'fn f() {\n  println!("{}", crate::c::X);\n}'}, "d.rs:2: d must not use c"),
    ({"d.rs": '#[derive(A)]\n#[serde(with = "crate::c::text")]\nstruct X;'}, "d.rs:2: d must not use c"),
    ({"d.rs": "fn f() { let c = '\"'; crate::c::f(c, '\\'', b'\"') }"}, "d.rs:1: d must not use c"),
    ({"d.rs": 'const A: &str = r#" " "#; use crate::c; const B: &str = "";'}, "d.rs:1: d must not use c"),
    ({"d.rs": "use persony::a;"}, "d.rs:1: d must not use a"),
    ({"d.rs": "use crate::build;"}, "d.rs:1: d must not use lib (build)"),
    ({"d.rs": "use crate::*;"}, "d.rs:1: d must not use lib (*)"),
    ({"d.rs": "use crate as all;"}, "d.rs:1: d must not use lib (as)"),
    ({"d.rs": "use super::c::X;"}, "d.rs:1: d must not use c"),
    ({"a/deep.rs": "use self::super::super::b;"}, "deep.rs:1: a must not use b"),
    ({"a/deep.rs": "use super::super::b::X;"}, "deep.rs:1: a must not use b"),
    ({"a/deep.rs": "mod tests {\n  use super::super::super::{c, b};\n}"}, "deep.rs:2: a must not use b"),
    ({"a/more.rs": "macro_rules! m { () => { $crate::b::f() } }"}, "more.rs:1: a must not use b"),
    ({"e/mod.rs": ""}, "e/mod.rs:1: the table does not know the room e"),
    ({"d.rs": None}, "the table has d, which is no room"),
]

# Tables, and what has to be said of them.
TABLES = [
    ("high | a |\nlow | c | a", "the table lets c use a, which is not below"),
    ("high | a | b\nhigh | b | a", "the table lets b use a, which is not below"),
    ("high | a b | b", "the table lets a b use b, which is not below"),
    ("high | a | z", "the table has no z, which a may use"),
]
