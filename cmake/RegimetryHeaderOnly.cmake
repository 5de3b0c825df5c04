# Header-only libraries: as packages where there are any, else as folders of headers, so that the neural core builds on
# a machine where nothing can be installed. `scripts/setup headers` fills .deps/include for such a machine.

# Finds PACKAGE and its target TARGET; where there is none, makes it of the folder that holds HEADER, with the compile
# definitions that follow.
function(regimetry_find_headers package target header)
  find_package(${package} QUIET)
  if(TARGET ${target})
    return()
  endif()
  find_path(${package}_HEADERS ${header} HINTS ${PROJECT_SOURCE_DIR}/.deps/include)
  if(NOT ${package}_HEADERS)
    message(FATAL_ERROR "${package} was not found: neither as a package nor as headers (${header}) in "
                        "${PROJECT_SOURCE_DIR}/.deps/include. Run scripts/setup, or copy the headers there.")
  endif()
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} SYSTEM INTERFACE ${${package}_HEADERS})
  target_compile_definitions(${target} INTERFACE ${ARGN})
endfunction()
