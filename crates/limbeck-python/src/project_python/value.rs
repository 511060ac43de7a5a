//! Values between the engine and the driver: the same tags as `driver/values.py`.

use limbeck::{dialect::DialectName, schema::Value};
use serde_json::{Value as Json, json};

/// The value for the driver. `type_name` is the database driver's name of the column's type; it tells what is an interval, a
/// range or an array, which are all text to the engine.
pub(super) fn to_python(value: &Value, type_name: &str, dialect: DialectName) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(flag) => json!(flag),
        Value::Integer(number) => json!(number),
        Value::Unsigned(number) => match i64::try_from(*number) {
            Ok(number) => json!(number),
            Err(_) => json!({"i": number.to_string()}),
        },
        Value::Float(number) => json!({"f": number.to_string()}),
        Value::Decimal(text) => json!({"n": text}),
        Value::Bytes(bytes) => json!({"b": hex(bytes)}),
        Value::Date(text) => json!({"d": text}),
        // MySQL's TIME is a span, of up to 838 hours.
        Value::Time(text) => match dialect {
            DialectName::Mysql | DialectName::Mariadb => json!({"c": text}),
            _ => json!({"t": text}),
        },
        Value::Timestamp(text) => json!({"s": text}),
        Value::Uuid(text) => json!({"u": text}),
        Value::Json(text) => match dialect {
            // Its drivers give JSON as text, which SQLAlchemy's type then reads.
            DialectName::Mysql | DialectName::Mariadb => json!(text),
            _ => json!({"j": text}),
        },
        Value::Text(text) if dialect == DialectName::Postgresql => typed_text(text, type_name),
        Value::Text(text) => json!(text),
        // A kind of value that is newer than this bridge.
        other => json!(other.as_text()),
    }
}

fn typed_text(text: &str, type_name: &str) -> Json {
    if let Some(element) = type_name.strip_suffix("[]") {
        return array(text, element).unwrap_or_else(|| json!(text));
    }
    match type_name {
        "INTERVAL" => json!({"v": text}),
        "INT4RANGE" | "INT8RANGE" | "NUMRANGE" | "DATERANGE" | "TSRANGE" | "TSTZRANGE" => {
            json!({"r": [type_name, text]})
        }
        _ => json!(text),
    }
}

/// One element of an array, which PostgreSQL prints as the type does.
fn element(text: &str, type_name: &str) -> Json {
    match type_name {
        "BOOL" => json!(text == "t"),
        "INT2" | "INT4" | "INT8" | "OID" => json!({"i": text}),
        "FLOAT4" | "FLOAT8" => json!({"f": text}),
        "NUMERIC" => json!({"n": text}),
        "DATE" => json!({"d": text}),
        "TIME" | "TIMETZ" => json!({"t": text}),
        "TIMESTAMP" | "TIMESTAMPTZ" => json!({"s": text}),
        "UUID" => json!({"u": text}),
        "JSON" | "JSONB" => json!({"j": text}),
        "BYTEA" => match text.strip_prefix("\\x") {
            Some(digits) => json!({"b": digits}),
            None => json!(text),
        },
        _ => typed_text(text, type_name),
    }
}

/// Reads PostgreSQL's text of an array, such as `{1,NULL,"a\"b"}` or `[0:1]={…}`; `None` when it is none.
fn array(text: &str, type_name: &str) -> Option<Json> {
    let begin = text.find('{')?;
    let mut rest = text.get(begin..)?;
    let read = items(&mut rest, type_name)?;
    rest.is_empty().then_some(read)
}

fn items(rest: &mut &str, type_name: &str) -> Option<Json> {
    *rest = rest.strip_prefix('{')?;
    let mut items = Vec::new();
    if let Some(after) = rest.strip_prefix('}') {
        *rest = after;
        return Some(json!({"a": items}));
    }
    loop {
        items.push(match rest.chars().next()? {
            '{' => self::items(rest, type_name)?,
            '"' => element(&quoted(rest)?, type_name),
            _ => {
                // A box separates its elements by a semicolon; no other type does.
                let end = rest.find([',', '}'])?;
                let (item, after) = rest.split_at(end);
                *rest = after;
                match item {
                    "NULL" => Json::Null,
                    item => element(item, type_name),
                }
            }
        });
        match rest.chars().next()? {
            ',' => *rest = rest.strip_prefix(',')?,
            _ => {
                *rest = rest.strip_prefix('}')?;
                return Some(json!({"a": items}));
            }
        }
    }
}

fn quoted(rest: &mut &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => {
                *rest = rest.get(index + 1..)?;
                return Some(text);
            }
            '\\' => text.push(characters.next()?.1),
            other => text.push(other),
        }
    }
    None
}

/// The value from the driver; an error names what is wrong with it.
pub(super) fn from_python(value: &Json) -> Result<Value, String> {
    let wrong = || format!("a value came as {value}");
    Ok(match value {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Boolean(*flag),
        Json::String(text) => Value::Text(text.clone()),
        Json::Number(number) => Value::Integer(number.as_i64().ok_or_else(wrong)?),
        Json::Object(tagged) => {
            let (tag, content) = tagged.iter().next().ok_or_else(wrong)?;
            let text = content.as_str().ok_or_else(wrong)?;
            let owned = || text.to_owned();
            match tag.as_str() {
                "f" => Value::Float(text.parse().map_err(|_| wrong())?),
                "i" => match text.parse() {
                    Ok(number) => Value::Unsigned(number),
                    Err(_) => Value::Decimal(owned()),
                },
                "n" => Value::Decimal(owned()),
                "b" => Value::Bytes(bytes(text).ok_or_else(wrong)?),
                "d" => Value::Date(owned()),
                "t" => Value::Time(owned()),
                "s" => Value::Timestamp(owned()),
                "u" => Value::Uuid(owned()),
                "j" => Value::Json(owned()),
                _ => return Err(wrong()),
            }
        }
        Json::Array(_) => return Err(wrong()),
    })
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    hex.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn postgres(text: &str, type_name: &str) -> Json {
        to_python(
            &Value::Text(text.to_owned()),
            type_name,
            DialectName::Postgresql,
        )
    }

    #[test]
    fn arrays_of_postgresql_are_lists() {
        assert_eq!(
            postgres(r#"{a,NULL,"c,\"d\\","NULL",""}"#, "TEXT[]"),
            json!({"a": ["a", null, "c,\"d\\", "NULL", ""]})
        );
        assert_eq!(
            postgres("[0:1]={{1,2},{3,NULL}}", "INT4[]"),
            json!({"a": [{"a": [{"i": "1"}, {"i": "2"}]}, {"a": [{"i": "3"}, null]}]})
        );
        assert_eq!(postgres("{}", "TEXT[]"), json!({"a": []}));
        assert_eq!(postgres("{t,f}", "BOOL[]"), json!({"a": [true, false]}));
    }

    #[test]
    fn what_is_no_array_stays_text() {
        for text in ["", "{", "{a", "{a}b", "{\"a}"] {
            assert_eq!(postgres(text, "TEXT[]"), json!(text));
        }
    }

    #[test]
    fn types_that_are_text_to_the_engine_are_told_apart() {
        assert_eq!(postgres("1 day", "INTERVAL"), json!({"v": "1 day"}));
        assert_eq!(postgres("1 day", "TEXT"), json!("1 day"));
        assert_eq!(
            postgres("[1,5)", "INT4RANGE"),
            json!({"r": ["INT4RANGE", "[1,5)"]})
        );
    }

    proptest! {
        #[test]
        fn what_sqlite_stores_comes_back(
            number in any::<i64>(), float in any::<f64>(), text in ".*", blob in any::<Vec<u8>>()
        ) {
            for value in [Value::Integer(number), Value::Text(text), Value::Bytes(blob), Value::Null] {
                let crossed = from_python(&to_python(&value, "", DialectName::Sqlite));
                prop_assert_eq!(crossed, Ok(value));
            }
            let crossed = from_python(&to_python(&Value::Float(float), "", DialectName::Sqlite));
            match crossed {
                Ok(Value::Float(back)) => prop_assert!(back == float || back.is_nan() && float.is_nan()),
                other => prop_assert!(false, "{:?}", other),
            }
        }

        #[test]
        fn no_text_makes_the_reader_of_arrays_fail(text in r#"[{},"\\NULa-c]{0,24}"#) {
            let _ = postgres(&text, "TEXT[]");
        }
    }
}
