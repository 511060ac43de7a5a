//! Operations as Python hands them over.

use limbeck::{operation::Operation, schema::Value as Cell};
use rustpython_vm::{
    PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyFloat, PyInt, PyList, PyStr, PyTuple},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{data, module::told};

/// One operation, or a list of them, given as data or as JSON.
pub(super) fn read(given: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<Operation>> {
    if let Some(insert) = bulk_insert(given, vm)? {
        return Ok(vec![insert]);
    }
    let listed = match told(given, vm)? {
        Value::Array(listed) => listed,
        single => vec![single],
    };
    listed.into_iter().map(|one| from_data(one, vm)).collect()
}

fn from_data(one: Value, vm: &VirtualMachine) -> PyResult<Operation> {
    Operation::deserialize(&one)
        .map_err(|error| vm.new_value_error(format!("not an operation: {error}: {one}")))
}

/// Rows to insert. There may be many of them: their cells are read without data in between.
fn bulk_insert(given: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Option<Operation>> {
    let Some(fields) = given.downcast_ref::<PyDict>() else {
        return Ok(None);
    };
    let Some(rows) = fields.get_item_opt("rows", vm)? else {
        return Ok(None);
    };
    let mut rest = Map::new();
    for (key, value) in fields {
        let key = key.str(vm)?.to_string_lossy().into_owned();
        let value = match key.as_str() {
            "rows" => Value::Array(Vec::new()),
            _ => data::from_python(&value, vm)?,
        };
        rest.insert(key, value);
    }
    let mut operation = from_data(Value::Object(rest), vm)?;
    let Operation::BulkInsert(insert) = &mut operation else {
        return Ok(None);
    };
    for row in list(&rows, vm)? {
        if let Some(values) = row.downcast_ref::<PyTuple>() {
            let cells = values.as_slice().iter().map(|one| raw(one, vm));
            insert.rows.push(cells.collect::<PyResult<_>>()?);
            continue;
        }
        let cells = list(&row, vm)?;
        insert.rows.push(
            cells
                .iter()
                .map(|one| cell(one, vm))
                .collect::<PyResult<_>>()?,
        );
    }
    Ok(Some(operation))
}

fn list(given: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
    match given.downcast_ref::<PyList>() {
        Some(list) => Ok(list.borrow_vec().to_vec()),
        None => given.try_to_value(vm),
    }
}

/// A value that is no data: text, a small number, or nothing.
fn raw(given: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Cell> {
    if let Some(text) = given.downcast_ref::<PyStr>() {
        return Ok(Cell::Text(text.try_as_utf8(vm)?.as_str().to_owned()));
    }
    match vm.is_none(given) {
        true => Ok(Cell::Null),
        false => Ok(Cell::Integer(given.try_to_value(vm)?)),
    }
}

/// One value; the usual kinds directly, the others as data.
fn cell(given: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Cell> {
    if let Some(dict) = given.downcast_ref::<PyDict>()
        && let Some((kind, value)) = dict.into_iter().next()
        && let Some(kind) = kind.downcast_ref::<PyStr>()
    {
        match kind.to_str() {
            Some("text") => {
                if let Some(text) = value.downcast_ref::<PyStr>().and_then(|text| text.to_str()) {
                    return Ok(Cell::Text(text.to_owned()));
                }
            }
            Some("integer") if value.downcastable::<PyInt>() => {
                return Ok(Cell::Integer(value.try_to_value(vm)?));
            }
            Some("float") => {
                if let Some(number) = value.downcast_ref::<PyFloat>() {
                    return Ok(Cell::Float(number.to_f64()));
                }
            }
            _ => {}
        }
    }
    let data = data::from_python(given, vm)?;
    Cell::deserialize(&data)
        .map_err(|error| vm.new_value_error(format!("not a value: {error}: {data}")))
}
