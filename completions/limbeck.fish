complete --keep-order --exclusive --command limbeck --arguments "(COMPLETE=fish limbeck -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
