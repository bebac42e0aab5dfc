//! What the frames of the tables say of a danger.

/// What a phrase around a danger does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::danger) enum Frame {
    /// A danger inside these words is a figure of speech.
    Figure,
    /// A danger in the same sentence is a figure of speech.
    FigureNear,
    /// Panic, which feels like an emergency of the body.
    Panic,
    /// A question to somebody else.
    Asks,
    /// What is behind it is not so yet: "if my chest hurts".
    Condition,
    /// It happened by accident.
    Accident,
    /// A film, book or song: what others do in the sentence is told.
    Story,
    /// The negation in these words denies something else.
    Affirms,
    /// Negates the danger before it.
    DeniesBefore,
    /// Negates the danger behind it.
    DeniesBehind,
    /// Long ago.
    Past,
    /// It is over now.
    Over,
    /// It is back.
    Again,
    /// A date that is near.
    Recent,
    /// Somebody asked the writer whether it is so.
    Queried,
    /// The writer's answer to that was not no.
    Admits,
    /// What is behind it was only imagined: "if he ever hit me".
    Unreal,
    /// Said of people in general.
    General,
    /// The writer meets it at work.
    Work,
    /// Who does it does not know it: the demented, small children.
    Unknowing,
    /// A doctor found nothing.
    Cleared,
    /// A past date, which settles what happened to others.
    Dated,
    /// For years: what others have lived with is no news.
    Lasting,
    /// The writer's childhood.
    Childhood,
    /// A couple, a job: what else can be ended.
    Bond,
    /// The couple is parted already.
    Parted,
}

impl Frame {
    pub(in crate::danger) fn of(rule: &str) -> Option<Self> {
        Some(match rule {
            "figure" => Self::Figure,
            "figure.near" => Self::FigureNear,
            "panic" => Self::Panic,
            "asks" => Self::Asks,
            "condition" => Self::Condition,
            "accident" => Self::Accident,
            "story" => Self::Story,
            "affirms" => Self::Affirms,
            "denies.before" => Self::DeniesBefore,
            "denies.behind" => Self::DeniesBehind,
            "past" => Self::Past,
            "over" => Self::Over,
            "again" => Self::Again,
            "recent" => Self::Recent,
            "queried" => Self::Queried,
            "admits" => Self::Admits,
            "unreal" => Self::Unreal,
            "general" => Self::General,
            "work" => Self::Work,
            "dated" => Self::Dated,
            "unknowing" => Self::Unknowing,
            "cleared" => Self::Cleared,
            "lasting" => Self::Lasting,
            "childhood" => Self::Childhood,
            "bond" => Self::Bond,
            "parted" => Self::Parted,
            _ => return None,
        })
    }
}
