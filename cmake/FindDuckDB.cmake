# Finds DuckDB's C API: a system installation first, else the pinned copy that scripts/setup put into .deps/duckdb.
# Gives the imported target DuckDB::DuckDB and DuckDB_LIBRARY.

find_path(DuckDB_INCLUDE_DIR duckdb.h)
find_library(DuckDB_LIBRARY duckdb)
if(NOT DuckDB_INCLUDE_DIR OR NOT DuckDB_LIBRARY)
  unset(DuckDB_INCLUDE_DIR CACHE)
  unset(DuckDB_LIBRARY CACHE)
  find_path(DuckDB_INCLUDE_DIR duckdb.h PATHS ${PROJECT_SOURCE_DIR}/.deps/duckdb/include NO_DEFAULT_PATH)
  find_library(DuckDB_LIBRARY duckdb PATHS ${PROJECT_SOURCE_DIR}/.deps/duckdb/lib NO_DEFAULT_PATH)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DuckDB REQUIRED_VARS DuckDB_LIBRARY DuckDB_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Run scripts/setup (or 'make setup'), which fetches the pinned copy into .deps/duckdb.")

if(DuckDB_FOUND AND NOT TARGET DuckDB::DuckDB)
  add_library(DuckDB::DuckDB SHARED IMPORTED)
  set_target_properties(DuckDB::DuckDB PROPERTIES
    IMPORTED_LOCATION ${DuckDB_LIBRARY} IMPORTED_NO_SONAME TRUE INTERFACE_INCLUDE_DIRECTORIES ${DuckDB_INCLUDE_DIR})
endif()
