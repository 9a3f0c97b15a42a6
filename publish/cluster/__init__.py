"""The files of a run read by the workers of a Dask cluster; Dask schedules, loses and finds again, not we."""
