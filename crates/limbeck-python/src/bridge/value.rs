//! Values on their way between Python and the engine. Nothing is rounded: what has no counterpart in Rust crosses as text, and
//! `limbeck_runtime.bridge_values` knows the Python types for it.

use limbeck::{
    dialect::{DialectName, ResultColumn, StatementResult},
    schema::Value,
};
use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBytes, PyFloat, PyInt, PyStr, PyTuple},
};

use crate::failure::function;

/// Knows Python's types.
const MODULE: &str = "limbeck_runtime.bridge_values";

/// A parameter as the engine takes it.
pub(super) fn from_python(
    value: &PyObjectRef,
    dialect: &str,
    vm: &VirtualMachine,
) -> PyResult<Value> {
    if vm.is_none(value) {
        return Ok(Value::Null);
    }
    if value.is(&vm.ctx.true_value) || value.is(&vm.ctx.false_value) {
        return Ok(Value::Boolean(value.is(&vm.ctx.true_value)));
    }
    if let Some(number) = value.downcast_ref::<PyInt>() {
        return Ok(integer(number, vm));
    }
    if let Some(number) = value.downcast_ref::<PyFloat>() {
        return Ok(Value::Float(number.to_f64()));
    }
    if let Some(text) = value.downcast_ref::<PyStr>() {
        return Ok(Value::Text(text.try_as_utf8(vm)?.as_str().to_owned()));
    }
    if let Some(bytes) = value.downcast_ref::<PyBytes>() {
        return Ok(Value::Bytes(bytes.as_bytes().to_vec()));
    }
    let encode = function(MODULE, "encode", vm)?;
    let encoded = encode.call((value.clone(), vm.ctx.new_str(dialect)), vm)?;
    let encoded: PyObjectRef = encoded;
    let Some(pair) = encoded.downcast_ref::<PyTuple>() else {
        return Err(vm.new_type_error("encode() gave no pair"));
    };
    let [kind, payload] = pair.as_slice() else {
        return Err(vm.new_type_error("encode() gave no pair"));
    };
    let kind = kind.try_to_value::<String>(vm)?;
    if kind == "bytes" {
        return match payload.downcast_ref::<PyBytes>() {
            Some(bytes) => Ok(Value::Bytes(bytes.as_bytes().to_vec())),
            None => Err(vm.new_type_error("encode() gave no bytes")),
        };
    }
    let text = payload.try_to_value::<String>(vm)?;
    Ok(match kind.as_str() {
        "decimal" => Value::Decimal(text),
        "date" => Value::Date(text),
        "time" => Value::Time(text),
        "timestamp" => Value::Timestamp(text),
        "uuid" => Value::Uuid(text),
        "json" => Value::Json(text),
        _ => Value::Text(text),
    })
}

fn integer(number: &PyInt, vm: &VirtualMachine) -> Value {
    if let Ok(number) = number.try_to_primitive::<i64>(vm) {
        return Value::Integer(number);
    }
    if let Ok(number) = number.try_to_primitive::<u64>(vm) {
        return Value::Unsigned(number);
    }
    Value::Decimal(number.to_str_radix_10())
}

/// What a statement answered, as the tuple that `_limbeck.execute` gives.
pub(super) fn result_to_python(
    result: StatementResult,
    dialect: DialectName,
    vm: &VirtualMachine,
) -> PyResult {
    let types: Vec<ResultColumn> = result.columns.clone().unwrap_or_default();
    let columns = match result.columns {
        Some(columns) => {
            let names = columns
                .iter()
                .map(|column| vm.ctx.new_str(column.name.as_str()).into())
                .collect();
            vm.ctx.new_tuple(names).into()
        }
        None => vm.ctx.none(),
    };
    let gives_rows = !types.is_empty();
    let mut rows = Vec::with_capacity(result.rows.len());
    for row in result.rows {
        let mut values = Vec::with_capacity(row.len());
        for (index, value) in row.into_iter().enumerate() {
            let type_name = types.get(index).map_or("", |column| &column.type_name);
            values.push(to_python(value, type_name, dialect, vm)?);
        }
        rows.push(vm.ctx.new_tuple(values).into());
    }
    let rowcount = match gives_rows && result.rows_changed == 0 {
        true => i64::try_from(rows.len()).unwrap_or(i64::MAX),
        false => i64::try_from(result.rows_changed).unwrap_or(i64::MAX),
    };
    let last_row = match result.last_insert_id {
        Some(id) => vm.ctx.new_int(id).into(),
        None => vm.ctx.none(),
    };
    let rows = vm.ctx.new_list(rows).into();
    let rowcount = vm.ctx.new_int(rowcount).into();
    Ok(vm
        .ctx
        .new_tuple(vec![columns, rows, rowcount, last_row])
        .into())
}

/// A value of a row as the usual driver of that database gives it.
fn to_python(value: Value, type_name: &str, dialect: DialectName, vm: &VirtualMachine) -> PyResult {
    let (kind, text) = match value {
        Value::Null => return Ok(vm.ctx.none()),
        Value::Boolean(flag) => return Ok(vm.ctx.new_bool(flag).into()),
        Value::Integer(number) => return Ok(vm.ctx.new_int(number).into()),
        Value::Unsigned(number) => return Ok(vm.ctx.new_int(number).into()),
        Value::Float(number) => return Ok(vm.ctx.new_float(number).into()),
        Value::Bytes(bytes) => return Ok(vm.ctx.new_bytes(bytes).into()),
        Value::Text(text) => match dialect {
            // Intervals, arrays and their like are text in the engine.
            DialectName::Postgresql if is_structured(type_name) => ("text", text),
            _ => return Ok(vm.ctx.new_str(text).into()),
        },
        Value::Json(text) => match dialect {
            DialectName::Postgresql => ("json", text),
            _ => return Ok(vm.ctx.new_str(text).into()),
        },
        Value::Decimal(text) => ("decimal", text),
        Value::Date(text) => ("date", text),
        Value::Time(text) => match dialect {
            DialectName::Mysql | DialectName::Mariadb => ("duration", text),
            _ => ("time", text),
        },
        Value::Timestamp(text) => ("timestamp", text),
        Value::Uuid(text) => ("uuid", text),
        other => {
            return Err(
                vm.new_type_error(format!("a value that Python has no type for: {other:?}"))
            );
        }
    };
    let decode = function(MODULE, "decode", vm)?;
    decode.call((kind.to_owned(), type_name.to_owned(), text), vm)
}

fn is_structured(type_name: &str) -> bool {
    type_name.ends_with("[]") || type_name == "INTERVAL"
}
