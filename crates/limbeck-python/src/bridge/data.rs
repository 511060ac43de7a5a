//! Plain data to Python and back: what JSON can say, without Python's own `json`, whose import costs more than the data is
//! worth.

use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyFloat, PyInt, PyList, PyStr, PyTuple},
};
use serde_json::{Map, Number, Value};

/// Data as Python's own values.
pub(crate) fn to_python(value: &Value, vm: &VirtualMachine) -> PyResult {
    Ok(match value {
        Value::Null => vm.ctx.none(),
        Value::Bool(value) => vm.ctx.new_bool(*value).into(),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => vm.ctx.new_int(number).into(),
            (None, Some(number)) => vm.ctx.new_int(number).into(),
            (None, None) => vm.ctx.new_float(number.as_f64().unwrap_or(f64::NAN)).into(),
        },
        Value::String(text) => vm.ctx.new_str(text.as_str()).into(),
        Value::Array(values) => {
            let values = values.iter().map(|value| to_python(value, vm));
            vm.ctx.new_list(values.collect::<PyResult<_>>()?).into()
        }
        Value::Object(entries) => {
            let dict = vm.ctx.new_dict();
            for (key, value) in entries {
                dict.set_item(key.as_str(), to_python(value, vm)?, vm)?;
            }
            dict.into()
        }
    })
}

/// Python's values as data: None, bool, int, float, str, and lists, tuples and dictionaries of them.
pub(crate) fn from_python(object: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Value> {
    if vm.is_none(object) {
        return Ok(Value::Null);
    }
    if object.fast_isinstance(vm.ctx.types.bool_type) {
        return Ok(Value::Bool(object.clone().try_to_bool(vm)?));
    }
    if let Some(text) = object.downcast_ref::<PyStr>() {
        return Ok(text.to_string_lossy().into_owned().into());
    }
    if object.downcast_ref::<PyInt>().is_some() {
        return match object.try_to_value::<i64>(vm) {
            Ok(number) => Ok(number.into()),
            Err(_) => Ok(object.try_to_value::<u64>(vm)?.into()),
        };
    }
    if let Some(number) = object.downcast_ref::<PyFloat>() {
        return Ok(Number::from_f64(number.to_f64()).map_or(Value::Null, Value::Number));
    }
    if object.downcast_ref::<PyList>().is_some() || object.downcast_ref::<PyTuple>().is_some() {
        let values: Vec<PyObjectRef> = object.try_to_value(vm)?;
        let values = values.iter().map(|value| from_python(value, vm));
        return Ok(Value::Array(values.collect::<PyResult<_>>()?));
    }
    if let Some(dict) = object.downcast_ref::<PyDict>() {
        let mut entries = Map::new();
        for (key, value) in dict {
            entries.insert(
                key.str(vm)?.to_string_lossy().into_owned(),
                from_python(&value, vm)?,
            );
        }
        return Ok(Value::Object(entries));
    }
    Err(vm.new_type_error(format!(
        "the engine cannot be told a value of the type {}",
        object.class().name()
    )))
}
