"""The commands of `kehoach progress`, a module each: thin, and importing what does the work only when they run."""
