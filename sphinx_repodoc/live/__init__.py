"""Shows a change of a file in the browser: a server that builds again, and a process that is ready to."""
