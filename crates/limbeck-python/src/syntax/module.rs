//! The native module `_limbeck_syntax`, by which the Python side asks.

#[rustpython_vm::pymodule]
pub(super) mod _limbeck_syntax {
    use rustpython_vm::{
        PyObjectRef, PyResult, VirtualMachine, builtins::PyStrRef, convert::ToPyObject,
    };

    use super::super::{
        Lines, functions::FunctionUses, imports, source_file, statements, text_of, tree_of,
    };

    /// `function_uses(path, line, name)`: what the function of that name uses whose code begins in that line of a file, as
    /// (imports of names, attributes as tuples of names, names that it reads and nowhere sets), an import as (module, level, names);
    /// None when there is no such function.
    #[pyfunction]
    fn function_uses(path: PyStrRef, line: usize, name: PyStrRef, vm: &VirtualMachine) -> PyResult {
        let file = source_file(path.try_as_utf8(vm)?.as_str());
        let name = name.try_as_utf8(vm)?;
        let is_meant = |one: &&FunctionUses| {
            one.name == name.as_str() && (one.lines.0..=one.lines.1).contains(&line)
        };
        let Some(found) = file.functions.iter().find(is_meant) else {
            return Ok(vm.ctx.none());
        };
        let imports = found.imports.iter().map(|import| {
            let names = tuple(&import.names, vm);
            let module = import.module.as_str().to_pyobject(vm);
            vm.ctx
                .new_tuple(vec![module, import.level.to_pyobject(vm), names])
                .into()
        });
        let imports = vm.ctx.new_tuple(imports.collect()).into();
        let attributes = found
            .attributes
            .iter()
            .map(|path| tuple(path, vm))
            .collect();
        let attributes = vm.ctx.new_tuple(attributes).into();
        let unset = tuple(&found.unset, vm);
        Ok(vm.ctx.new_tuple(vec![imports, attributes, unset]).into())
    }

    /// `has_inner_imports(path)`: whether a function of a file may import something.
    #[pyfunction]
    fn has_inner_imports(path: PyStrRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(source_file(path.try_as_utf8(vm)?.as_str()).has_inner_imports)
    }

    /// `import_line(path, name)`: the line of a file that imports `name` or the most of it; None when there is none.
    #[pyfunction]
    fn import_line(path: PyStrRef, name: PyStrRef, vm: &VirtualMachine) -> PyResult<Option<usize>> {
        let file = source_file(path.try_as_utf8(vm)?.as_str());
        Ok(imports::line_of(
            &file.imports,
            name.try_as_utf8(vm)?.as_str(),
        ))
    }

    /// `statements(path)`: the statements of a module as (index of the first line, index after the last, names that are bound).
    #[pyfunction]
    fn statements(path: PyStrRef, vm: &VirtualMachine) -> PyResult {
        let text = text_of(path.try_as_utf8(vm)?.as_str()).unwrap_or_default();
        let parts = statements::parts(&tree_of(&text), &Lines::of(&text));
        let parts = parts.into_iter().map(|part| {
            let (first, end) = part.lines;
            let bound = tuple(&part.bound, vm);
            vm.ctx
                .new_tuple(vec![first.to_pyobject(vm), end.to_pyobject(vm), bound])
                .into()
        });
        Ok(vm.ctx.new_list(parts.collect()).into())
    }

    fn tuple(names: &[String], vm: &VirtualMachine) -> PyObjectRef {
        let names = names.iter().map(|name| name.as_str().to_pyobject(vm));
        vm.ctx.new_tuple(names.collect()).into()
    }
}
