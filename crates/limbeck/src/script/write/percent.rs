//! Python's `%` formatting with named values, as far as file names need it.

/// A value that a template can name.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Number(i64),
}

/// What is wrong with a template, and at which character, counted from 1.
pub(super) type Problem = (usize, String);

/// Fills `template` in with `values`.
pub(super) fn format(template: &str, values: &[(&'static str, Value)]) -> Result<String, Problem> {
    let characters: Vec<char> = template.chars().collect();
    let mut result = String::new();
    let mut at = 0;
    while let Some(character) = characters.get(at) {
        at += 1;
        if *character != '%' {
            result.push(*character);
            continue;
        }
        let place = at;
        let directive = Directive::read(&characters, &mut at).map_err(|why| (place, why))?;
        result.push_str(&directive.fill(values).map_err(|why| (place, why))?);
    }
    Ok(result)
}

#[derive(Default)]
struct Directive {
    name: Option<String>,
    left: bool,
    zero: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
    conversion: char,
}

/// Nobody needs wider file names, and a mistyped width must not ask for memory.
const WIDEST: usize = 255;

impl Directive {
    /// Reads what follows a `%`.
    fn read(characters: &[char], at: &mut usize) -> Result<Self, String> {
        let mut directive = Directive::default();
        if characters.get(*at) == Some(&'(') {
            let rest = &characters[*at + 1..];
            let end = rest.iter().position(|character| *character == ')');
            let end = end.ok_or("the parenthesis after '%' is not closed")?;
            directive.name = Some(rest[..end].iter().collect());
            *at += end + 2;
        }
        while let Some(flag) = characters.get(*at) {
            match flag {
                '-' => directive.left = true,
                '0' => directive.zero = true,
                '+' => directive.plus = true,
                ' ' => directive.blank = true,
                '#' => directive.alternate = true,
                _ => break,
            }
            *at += 1;
        }
        directive.width = number(characters, at)?.unwrap_or(0);
        if characters.get(*at) == Some(&'.') {
            *at += 1;
            directive.precision = Some(number(characters, at)?.unwrap_or(0));
        }
        while matches!(characters.get(*at), Some('h' | 'l' | 'L')) {
            *at += 1;
        }
        let conversion = characters
            .get(*at)
            .ok_or("the template ends inside a '%' directive")?;
        directive.conversion = *conversion;
        *at += 1;
        Ok(directive)
    }

    fn fill(&self, values: &[(&'static str, Value)]) -> Result<String, String> {
        if self.conversion == '%' {
            return Ok("%".to_owned());
        }
        let Some(name) = &self.name else {
            return Err("'%' needs a name in parentheses, or another '%'".to_owned());
        };
        let Some((_, value)) = values.iter().find(|(known, _)| known == name) else {
            let known: Vec<&str> = values.iter().map(|(known, _)| *known).collect();
            return Err(format!(
                "unknown name '{name}'; known are {}",
                known.join(", ")
            ));
        };
        let (sign, digits) = match (self.conversion, value) {
            ('s', Value::Text(text)) => (String::new(), self.cut(text)),
            ('s' | 'r' | 'a', Value::Number(number)) => {
                (String::new(), self.cut(&number.to_string()))
            }
            ('r' | 'a', Value::Text(text)) => (String::new(), self.cut(&super::python::repr(text))),
            ('d' | 'i' | 'u', Value::Number(number)) => self.number(*number, "", |n| n.to_string()),
            ('x', Value::Number(number)) => self.number(*number, "0x", |n| format!("{n:x}")),
            ('X', Value::Number(number)) => self.number(*number, "0X", |n| format!("{n:X}")),
            ('o', Value::Number(number)) => self.number(*number, "0o", |n| format!("{n:o}")),
            ('d' | 'i' | 'u' | 'x' | 'X' | 'o', Value::Text(_)) => {
                return Err(format!("'{name}' is text: write '%({name})s'"));
            }
            (other, _) => return Err(format!("unknown conversion '{other}'; use 's' or 'd'")),
        };
        let numeric = !matches!(self.conversion, 's' | 'r' | 'a');
        let missing = self
            .width
            .saturating_sub(sign.chars().count() + digits.chars().count());
        Ok(if self.left {
            format!("{sign}{digits}{}", " ".repeat(missing))
        } else if self.zero && numeric {
            format!("{sign}{}{digits}", "0".repeat(missing))
        } else {
            format!("{}{sign}{digits}", " ".repeat(missing))
        })
    }

    fn cut(&self, text: &str) -> String {
        text.chars()
            .take(self.precision.unwrap_or(usize::MAX))
            .collect()
    }

    /// The sign and prefix, and the digits, filled up to the precision.
    fn number(
        &self,
        number: i64,
        prefix: &str,
        digits: impl Fn(u64) -> String,
    ) -> (String, String) {
        let sign = match number {
            ..0 => "-",
            _ if self.plus => "+",
            _ if self.blank => " ",
            _ => "",
        };
        let prefix = if self.alternate { prefix } else { "" };
        let digits = digits(number.unsigned_abs());
        let missing = self.precision.unwrap_or(0).saturating_sub(digits.len());
        (
            format!("{sign}{prefix}"),
            format!("{}{digits}", "0".repeat(missing)),
        )
    }
}

fn number(characters: &[char], at: &mut usize) -> Result<Option<usize>, String> {
    if characters.get(*at) == Some(&'*') {
        return Err("'*' has no value to take".to_owned());
    }
    let mut found = None;
    while let Some(digit) = characters
        .get(*at)
        .and_then(|character| character.to_digit(10))
    {
        let value = found.unwrap_or(0_usize) * 10 + digit as usize;
        if value > WIDEST {
            return Err(format!("a width over {WIDEST} is no file name"));
        }
        found = Some(value);
        *at += 1;
    }
    Ok(found)
}
