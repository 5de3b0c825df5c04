# The front ends under web/: bundled by node into one file each, which becomes part of the program.

find_program(NODE_PROGRAM NAMES node nodejs)

# Makes `output` from web/<name> and what npm installed there (scripts/setup).
function(regimetry_web_bundle name output)
  set(folder ${PROJECT_SOURCE_DIR}/web/${name})
  if(NOT NODE_PROGRAM OR NOT EXISTS ${folder}/node_modules)
    message(FATAL_ERROR "web/${name} needs node and its packages. Run scripts/setup, which installs both.")
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/src/*)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${NODE_PROGRAM} ${folder}/build.mjs ${output}
    DEPENDS ${sources} ${folder}/build.mjs ${folder}/package-lock.json
    COMMENT "Bundling web/${name}"
    VERBATIM)
endfunction()
