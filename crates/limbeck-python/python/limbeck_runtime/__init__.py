"""The Python side of the bridge to the engine: what the modules that scripts import stand on."""
