use super::*;

const TABLE: &str = "
# wishes and deeds
~v = - s ed ing
@self = myself | me | my own self
@body = arm | leg | @self
[wish]
want~v to die|disappear
end ..2 life
[deed]
kill~v all? of? @self
suicid* note|letter
cut~v @body
tired of living|being_alive
[pain]
pain # out? of? 10?
took #10- pills
gained #2-3 kilos
#0- weeks early
[alone]
^ help $
🔪 me
[figure]
die !laughing|of
!no|nor fever
";

fn table() -> Table<&'static str> {
    Table::parse(&[TABLE], Some)
}

fn found(written: &str) -> Vec<(&'static str, String)> {
    let text = Text::read(written);
    table().matches(&text).into_iter().map(|found| (found.label, found.span.of(written).to_owned())).collect()
}

#[test]
fn phrases_are_found_where_they_stand() {
    assert_eq!(table().mistakes(), []);
    for (written, label, span) in [
        ("I wanted to disappear", "wish", "wanted to disappear"),
        ("end it all, my life is", "wish", ""),
        ("end my poor life", "wish", "end my poor life"),
        ("Kill all of me", "deed", "Kill all of me"),
        ("killing me", "deed", "killing me"),
        ("kill my own self", "deed", "kill my own self"),
        ("k.i.l.l 🙂🙂 me", "deed", "k.i.l.l 🙂🙂 me"),
        ("a Suicide letter", "deed", "Suicide letter"),
        ("cut my own self", "deed", "cut my own self"),
        ("tired of being alive", "deed", "tired of being alive"),
        ("tired of being", "deed", ""),
        ("cutting leg", "deed", ""),
        ("cuts leg", "deed", "cuts leg"),
        ("pain 7/10", "pain", "pain 7/10"),
        ("took 10 pills", "pain", "took 10 pills"),
        ("gained 2,5 kilos", "pain", "gained 2,5 kilos"),
        ("gained 4 kilos", "pain", ""),
        ("took 9 pills", "pain", ""),
        ("took 9,999 pills", "pain", ""),
        ("took 99999999999 pills", "pain", "took 99999999999 pills"),
        ("3 weeks early", "pain", "3 weeks early"),
        ("Help!", "alone", "Help"),
        ("🔪 me", "alone", "🔪 me"),
        ("I could die", "figure", "die"),
        ("high fever", "figure", "fever"),
    ] {
        let expected: Vec<(&str, String)> = if span.is_empty() { vec![] } else { vec![(label, span.to_owned())] };
        assert_eq!(found(written), expected, "{written}");
    }
}

#[test]
fn conditions_and_borders_hold() {
    for written in [
        "I want to. Disappear",
        "kill. Me",
        "end this; my life",
        "end all because life",
        "help me",
        "no fever",
        "die laughing",
        "cutting",
        "note",
        "end the big long boring life",
    ] {
        assert_eq!(found(written), [], "{written}");
    }
}

#[test]
fn mistakes_are_listed_and_left_out() {
    let wrong = "early bird\n[known]\n@missing word\nkill~q\n..2 gap\ngood #x-\nword? first\na ..9 b\nCapital\ngood one\n[unknown]\nnothing";
    let table = Table::parse(&[wrong], |name| (name == "known").then_some(()));
    let problems: Vec<Problem> = table.mistakes().iter().map(|mistake| mistake.problem).collect();
    assert_eq!(
        problems,
        [
            Problem::NoRule,
            Problem::Undefined,
            Problem::Undefined,
            Problem::NoFirstWord,
            Problem::BadNumber,
            Problem::NoFirstWord,
            Problem::BadGap,
            Problem::BadWord,
            Problem::UnknownRule,
            Problem::UnknownRule
        ]
    );
    assert_eq!(table.matches(&Text::read("a good one, nothing")).len(), 1);
    assert_eq!(table.rules().map(|(rule, ())| rule).collect::<Vec<_>>(), [RuleId("known")]);
}

#[test]
fn hostile_repetition_stays_linear() {
    let steps = |count: usize| {
        let written = "end end my kill all of want to 🔪🔪🔪🔪🔪🔪 ".repeat(count);
        found(&written).len()
    };
    assert_eq!(steps(2000), steps(1000) * 2);
}
