//! Characters that look like others: variants that are always read as a Latin letter, and letters of other scripts that
//! are only read so inside a word that is otherwise Latin.

/// The plain character for typographic variants that Unicode does not decompose; `None` for every other character.
pub(super) fn plain(letter: char) -> Option<char> {
    Some(match letter {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʻ' | '`' | '´' | '′' | '＇' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '‐' | '‑' | '−' => '-',
        'º' => '°',
        '\u{1F150}'..='\u{1F169}' => offset(letter, '\u{1F150}')?,
        '\u{1F170}'..='\u{1F189}' => offset(letter, '\u{1F170}')?,
        'ᴀ' => 'a',
        'ʙ' => 'b',
        'ᴄ' => 'c',
        'ᴅ' | 'đ' | 'Đ' | 'ð' => 'd',
        'ᴇ' => 'e',
        'ꜰ' => 'f',
        'ɢ' => 'g',
        'ʜ' | 'ħ' => 'h',
        'ɪ' | 'ı' => 'i',
        'ᴊ' => 'j',
        'ᴋ' => 'k',
        'ʟ' | 'ł' | 'Ł' => 'l',
        'ᴍ' => 'm',
        'ɴ' => 'n',
        'ᴏ' | 'ø' | 'Ø' => 'o',
        'ᴘ' => 'p',
        'ʀ' => 'r',
        'ꜱ' => 's',
        'ᴛ' => 't',
        'ᴜ' => 'u',
        'ᴠ' => 'v',
        'ᴡ' => 'w',
        'ʏ' => 'y',
        'ᴢ' => 'z',
        _ => return None,
    })
}

fn offset(letter: char, first: char) -> Option<char> {
    u32::from(letter).checked_sub(u32::from(first)).and_then(|n| char::from_u32(u32::from('a') + n))
}

/// Letters that one character stands for when it is spelled out.
pub(super) fn spelled_out(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

/// The Latin letter that a letter of another script looks like. It may only be read so inside a Latin word, or when the
/// whole word then is one that people hide: `нос` is a nose in Russian, `ѕuісіdе` is nothing in any language.
pub(super) fn latin(letter: char) -> Option<char> {
    Some(match letter {
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'β' | 'ь' => 'b',
        'с' | 'ϲ' | 'ς' => 'c',
        'ԁ' => 'd',
        'е' | 'є' | 'ε' | 'э' => 'e',
        'ғ' => 'f',
        'ԍ' | 'ɡ' => 'g',
        'һ' | 'н' | 'η' => 'h',
        'і' | 'ι' | 'ӏ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ⅼ' | 'ᛁ' => 'l',
        'м' | 'μ' => 'm',
        'п' | 'ո' => 'n',
        'о' | 'ο' | 'σ' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' | 'я' => 'r',
        'ѕ' | 'ꜱ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' | 'ц' => 'u',
        'ѵ' | 'ν' => 'v',
        'ԝ' | 'ω' | 'ш' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        _ => return None,
    })
}
